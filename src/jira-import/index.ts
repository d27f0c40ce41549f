/**
 * Jira import: reads the consumers and tokens of a Jira (or Confluence, Bitbucket) service provider out of an SQL dump
 * or the rows of its database, and makes records of ours of them, so that every client's token goes on working. Pure;
 * files and storage are handed in.
 */
export { convertJira, type JiraConversion, type JiraRemark } from './convert-jira.ts';
export type { JiraConversionOptions } from './jira-users.ts';
export { type DumpLine, DumpRefused, JIRA_TABLES, type JiraTables, readDump } from './read-dump.ts';
export { readRows } from './read-rows.ts';

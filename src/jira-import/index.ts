/**
 * Jira import: reads the consumers and tokens of a Jira (or Confluence, Bitbucket) service provider out of an SQL dump,
 * and makes records of ours of them, so that every client's token goes on working. Pure; files and storage are handed in.
 */
export { convertJira, type JiraConversion, type JiraRemark } from './convert-jira.ts';
export type { JiraConversionOptions } from './jira-users.ts';
export { type DumpLine, DumpRefused, type JiraTables, readDump } from './read-dump.ts';

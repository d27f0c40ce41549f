import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { tokenHash } from '../model/index.ts';
import { convertJira, type DumpLine, DumpRefused, type JiraConversionOptions, readDump } from './index.ts';

const NOW = 1_600_000_000;
const KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).publicKey.toString('base64');

async function* linesOf(text: string): AsyncGenerator<DumpLine> {
  for (const [index, line] of text.split('\n').entries()) yield { number: index + 1, text: line };
}

function convert(text: string, more: Partial<JiraConversionOptions> = {}) {
  const findUser = async (name: string) => (name.toLowerCase() === 'alice' ? 'Alice' : null);
  return readDump(linesOf(text)).then((tables) =>
    convertJira(tables, { now: NOW, findUser, addUsers: false, ...more }),
  );
}

const POSTGRES = `
-- PostgreSQL database dump
\\restrict abc
SET standard_conforming_strings = on;
COPY public.jiraissue (id, summary) FROM stdin;
1	it's broken; isn't it /* perhaps
\\.
CREATE TABLE public.oauthspconsumer (
    id numeric(18,0) NOT NULL,
    consumer_key character varying(255)
);
COPY public.app_user (id, user_key, lower_user_name) FROM stdin;
1	JIRAUSER10100	alice
\\.
COPY public.oauthspconsumer (id, created, consumer_key, consumername, public_key, description, callback, two_l_o_allowed, executing_two_l_o_user, two_l_o_impersonation_allowed, three_l_o_allowed) FROM stdin;
10000	2019-03-01 10:00:00.123+00	wiki	The\\tWiki	${KEY}	about\\nit	\\N	0	\\N	0	1
10001	2019-03-01 10:00:00+00	robot	Robot	${KEY}	\\N	https://robot.example/back	1	JIRAUSER10100	1	1
\\.
COPY public.oauthsptoken (id, created, token, token_secret, token_type, consumer_key, username, ttl, spauth, callback, spverifier, spversion, session_handle, session_creation_time, session_last_renewal_time, session_time_to_live) FROM stdin;
1	2020-09-01 00:00:00+00	tokenone	secretone	ACCESS	wiki	JIRAUSER10100	157680000000	\\N	\\N	\\N	V_1_0_A	handle	2020-09-01 00:00:00+00	2020-09-01 00:00:00+00	160272000000
2	2020-09-01 00:00:00+00	tokentwo	secrettwo	REQUEST	wiki	\\N	600000	\\N	\\N	\\N	V_1_0_A	\\N	\\N	\\N	\\N
3	2001-09-01 00:00:00+00	tokenold	secretold	ACCESS	wiki	JIRAUSER10100	604800000	\\N	\\N	\\N	V_1_0_A	\\N	\\N	\\N	\\N
4	2020-09-01 00:00:00+00	tokenbob	secretbob	ACCESS	wiki	bob	157680000000	\\N	\\N	\\N	V_1_0_A	\\N	\\N	\\N	\\N
5	2020-09-01 00:00:00+00	tokengone	secret	ACCESS	nowhere	JIRAUSER10100	157680000000	\\N	\\N	\\N	V_1_0_A	\\N	\\N	\\N	\\N
\\.
`;

describe('consumers and tokens out of a Jira', () => {
  it('are read from a dump of PostgreSQL', async () => {
    const { consumers, tokens, skipped, notes } = await convert(POSTGRES);
    assert.deepEqual(
      consumers.map(({ key, name, description, callback }) => [key, name, description, callback]),
      [
        ['wiki', 'The\tWiki', 'about\nit', null],
        ['robot', 'Robot', '', 'https://robot.example/back'],
      ],
    );
    assert.deepEqual(consumers[1]!.twoLegged, { allowed: true, executeAs: 'Alice', mayImpersonate: true });
    const [token] = tokens;
    assert.equal(tokens.length, 1);
    assert.equal(token!.hash, tokenHash('tokenone'));
    assert.equal(token!.secret.reveal(), 'secretone');
    assert.equal(token!.userName, 'Alice');
    assert.equal(token!.createdAt, Date.UTC(2020, 8, 1) / 1000);
    assert.equal(token!.expiresAt - token!.createdAt, 157_680_000);
    assert.equal(token!.sessionExpiresAt - token!.createdAt, 160_272_000);
    assert.equal(token!.sessionHandleHash, tokenHash('handle'));
    assert.deepEqual(notes, []);
    assert.deepEqual(
      skipped.map(({ about }) => about),
      [
        'token of nobody for wiki',
        'token of JIRAUSER10100 for wiki',
        'token of bob for wiki',
        'token of JIRAUSER10100 for nowhere',
      ],
    );
    assert.match(
      skipped.map(({ sentence }) => sentence).join(),
      /request token.*expired.*not a user here.*not taken over/,
    );
  });

  const columns = 'CREATED, CONSUMER_KEY, CONSUMERNAME, PUBLIC_KEY, DESCRIPTION, THREE_L_O_ALLOWED';
  const dumps: Readonly<Record<string, string>> = {
    'MySQL, without names of columns': `-- MySQL dump 10.13
CREATE TABLE \`oauthspconsumer\` (
  \`CREATED\` datetime DEFAULT NULL, \`CONSUMER_KEY\` varchar(255), \`CONSUMERNAME\` varchar(255),
  \`PUBLIC_KEY\` longtext, \`DESCRIPTION\` longtext, \`THREE_L_O_ALLOWED\` char(1),
  PRIMARY KEY (\`CONSUMER_KEY\`)
);
INSERT INTO \`jiraissue\` VALUES (1,'it\\'s; \\\\'),(2,'x');
INSERT INTO \`oauthspconsumer\` VALUES ('2019-03-01 10:00:00','wiki','It\\'s \\"a\\" wiki; (1,2)','${KEY}','two\\nlines',_binary '1'),('2019-03-01 10:00:00','b','B','${KEY}',NULL,'1');`,
    'PostgreSQL, with INSERT': `INSERT INTO public.other VALUES ('C:\\');
INSERT INTO public.oauthspconsumer (${columns.toLowerCase()}) VALUES ('2019-03-01 10:00:00+00', 'wiki', 'It''s "a" wiki; (1,2)', '${KEY}', E'two\\nlines', '1');
INSERT INTO public.oauthspconsumer (${columns.toLowerCase()}) VALUES ('2019-03-01 10:00:00+00', 'b', 'B', '${KEY}', NULL, '1');`,
    H2: `CREATE CACHED TABLE PUBLIC.OAUTHSPCONSUMER(${columns
      .split(', ')
      .map((name) => `"${name}" VARCHAR(255)`)
      .join(', ')});
INSERT INTO PUBLIC.OAUTHSPCONSUMER VALUES
(TIMESTAMP '2019-03-01 10:00:00.0', 'wiki', 'It''s "a" wiki; (1,2)', '${KEY}', STRINGDECODE('two\\nlines'), '1'),
(TIMESTAMP '2019-03-01 10:00:00.0', 'b', 'B', '${KEY}', NULL, U&'\\0031');`,
    'HSQLDB, without semicolons': `CREATE SCHEMA PUBLIC AUTHORIZATION DBA
CREATE MEMORY TABLE OAUTHSPCONSUMER(${columns
      .split(', ')
      .map((name) => `${name} VARCHAR(255)`)
      .join(',')})
SET SCHEMA PUBLIC
INSERT INTO OAUTHSPCONSUMER VALUES('2019-03-01 10:00:00.0','wiki','It''s "a" wiki; (1,2)','${KEY}','two\\u000alines','1')
INSERT INTO OAUTHSPCONSUMER VALUES('2019-03-01 10:00:00.0','b','B','${KEY}',NULL,'1')`,
  };
  for (const [what, dump] of Object.entries(dumps)) {
    it(`are read from a dump of ${what}`, async () => {
      const { consumers, skipped } = await convert(dump);
      assert.deepEqual(skipped, []);
      assert.deepEqual(
        consumers.map(({ key, name, description, createdAt }) => [key, name, description, createdAt]),
        [
          ['wiki', 'It\'s "a" wiki; (1,2)', 'two\nlines', Date.UTC(2019, 2, 1, 10) / 1000],
          ['b', 'B', '', Date.UTC(2019, 2, 1, 10) / 1000],
        ],
      );
    });
  }

  it('bring their users along where that is asked for', async () => {
    const cwd = `INSERT INTO cwd_user (user_name, display_name, email_address, active) VALUES ('bob', 'Bob B', 'bob@example.org', 1);`;
    const { users, tokens } = await convert(`${POSTGRES}\n${cwd}`, { addUsers: true });
    assert.deepEqual(
      users.map(({ name, displayName, email, passwordHash }) => [name, displayName, email, passwordHash]),
      [['bob', 'Bob B', 'bob@example.org', null]],
    );
    assert.deepEqual(
      tokens.map(({ userName }) => userName),
      ['Alice', 'bob'],
    );
  });

  it('are left out where their key would verify forgeries, and run as nobody whom we do not know', async () => {
    const dump = `INSERT INTO oauthspconsumer (consumer_key, consumername, public_key, two_l_o_allowed, executing_two_l_o_user) VALUES
('weak', 'Weak', 'MA0GCSqGSIb3DQEBAQUAAwA=', '0', NULL), ('ghost', 'Ghost', '${KEY}', '1', 'nobody');`;
    const { consumers, skipped, notes } = await convert(dump);
    assert.deepEqual(
      skipped.map(({ about }) => about),
      ['consumer weak'],
    );
    assert.equal(consumers[0]!.twoLegged.allowed, false);
    assert.match(notes[0]!.sentence, /nobody, who is not a user here/);
  });

  it('are refused where the file is no such dump', async () => {
    await assert.rejects(convert('PK\u0003\u0004 nothing of the kind'), DumpRefused);
    await assert.rejects(convert(''), DumpRefused);
  });

  it('survive any dump', async () => {
    const pieces = fc.constantFrom(
      ...[...Object.values(dumps), POSTGRES].flatMap((dump) => dump.split(/(?<=[('",;\n\t])/)),
      "'",
      '"',
      '`',
      '/*',
      '*/',
      '$$',
      '\\',
      "E'",
      "U&'\\00",
      '(',
      ')',
      ',',
      ';',
      '\n',
      '--',
      '\\.',
      '\n\\.\n',
      'VALUES',
      'COPY oauthsptoken (a) FROM stdin;\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 60 }), async (some) => {
        await convert(some.join('')).catch((error) => {
          if (!(error instanceof DumpRefused)) throw error;
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('reading a dump', () => {
  const hostile: Readonly<Record<string, (n: number) => string>> = {
    'open comments': (n) => `INSERT INTO oauthspconsumer VALUES ($$${'/* '.repeat(n)}$$);`,
    'open parentheses': (n) => `INSERT INTO oauthspconsumer VALUES ${'('.repeat(n)};`,
    'statements on one line': (n) => `${';  '.repeat(n)}`,
    quotes: (n) => `INSERT INTO oauthspconsumer VALUES ('${"''".repeat(n)}');`,
    backslashes: (n) => `-- MySQL dump\nINSERT INTO \`oauthspconsumer\` VALUES ('${'\\'.repeat(2 * n)}');`,
  };
  for (const [what, make] of Object.entries(hostile)) {
    // Steps in the square of the length would take hours.
    it(`takes steps in proportion to its length: ${what}`, { timeout: 120_000 }, async () => {
      await readDump(linesOf(make(400_000))).catch((error) => assert.ok(error instanceof DumpRefused));
    });
  }
});

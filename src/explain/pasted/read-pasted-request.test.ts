import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ANY_CHARACTER } from '../../../test/support/any-character.ts';
import {
  CONSUMER_SECRET,
  KEY,
  NOW,
  send,
  TOKEN,
  TOKEN_SECRET,
} from '../../../test/support/careless-client.ts';
import { Secret } from '../../base/index.ts';
import {
  arrivedFromPasted,
  explain,
  offlineKnowledge,
  type PastedRequest,
  readPastedRequest,
} from '../index.ts';
import { shellWords } from './shell-words.ts';

const URL = 'https://tracker.example/jira/rest/issues?b=two%20words&a=1';
const sent = send({ query: 'b=two%20words&a=1' });
const AUTHORIZATION = sent.request.authorization[0]!;

function read(text: string): PastedRequest {
  const reading = readPastedRequest(text);
  assert.ok(reading.ok, reading.ok ? '' : reading.mistake);
  return reading.request;
}

async function explainPasted(text: string, publicUrl: string | null = null) {
  const pasted = read(text);
  const found = arrivedFromPasted(pasted, publicUrl);
  assert.ok(found !== null);
  const knowledge = offlineKnowledge({
    consumerKey: KEY,
    credential: { kind: 'shared-secret', secret: new Secret(CONSUMER_SECRET) },
    token: { value: TOKEN, secret: new Secret(TOKEN_SECRET) },
    now: NOW,
    publicUrl,
    arrival: found.arrival,
    clientBaseString: pasted.baseString,
  });
  return explain(found.request, knowledge);
}

/** One request in every form that people paste. */
const FORMS: Readonly<Record<string, string>> = {
  'raw HTTP': `GET /jira/rest/issues?b=two%20words&a=1 HTTP/1.1\r\nHost: tracker.example\r\nAuthorization: ${AUTHORIZATION}\r\nAccept: */*\r\n\r\n`,
  'the output of curl -v': `* Connected to tracker.example\n> GET /jira/rest/issues?b=two%20words&a=1 HTTP/2\n> Host: tracker.example\n> authorization: ${AUTHORIZATION}\n>\n< HTTP/2 401\n< www-authenticate: OAuth realm="x"\n`,
  'HTTP/2 pseudo-headers': `:authority: tracker.example\n:method: GET\n:path: /jira/rest/issues?b=two%20words&a=1\n:scheme: https\nauthorization: ${AUTHORIZATION}`,
  'a curl command': `curl -sS '${URL}' \\\n  -H 'Authorization: ${AUTHORIZATION}' --compressed`,
  'a curl command with double quotes': `$ curl -X GET "${URL}" -H "Authorization: ${AUTHORIZATION.replaceAll('"', '\\"')}"`,
  "a curl command with $'…'": `curl $'${URL}' -H $'Authorization: ${AUTHORIZATION.replaceAll('"', '\\x22')}'`,
  'curl -G': `curl -G --data-urlencode 'b=two words' -d a=1 -H 'Authorization: ${AUTHORIZATION}' https://tracker.example/jira/rest/issues`,
  'curl --url-query': `curl --url-query 'b=two words' --url-query +a=1 -H 'Authorization: ${AUTHORIZATION}' https://tracker.example/jira/rest/issues`,
  'curl with its letters in bundles': `curl -sSXGET -kH'Authorization: ${AUTHORIZATION}' -svo/dev/null '${URL}'`,
  'curl with values that are none of the request': `curl --max-redirs 5 --proxy-user a:b -K none -u alice:x -H 'Authorization: ${AUTHORIZATION}' '${URL}'`,
  'curl before other commands': `curl -H 'Authorization: ${AUTHORIZATION}' '${URL}'; echo|cat`,
  'curl for cmd.exe': `curl ^"${URL.replaceAll('&', '^&')}^" ^\r\n  -H ^"Authorization: ${AUTHORIZATION.replaceAll('"', '^\\^"')}^" --compressed`,
  'curl for PowerShell': `curl.exe \`\r\n  -H 'Authorization: ${AUTHORIZATION}' \`\r\n  '${URL}'`,
  'curl behind comments': `#!/bin/sh\n# Ask for issues.\n\ncurl '${URL}' -H 'Authorization: ${AUTHORIZATION}'`,
  'a HAR file': JSON.stringify({
    log: {
      entries: [
        { request: { method: 'GET', url: 'https://tracker.example/logo.png', headers: [] } },
        { request: { method: 'GET', url: URL, headers: [{ name: 'Authorization', value: AUTHORIZATION }] } },
      ],
    },
  }),
  'one HAR request': JSON.stringify({
    method: 'GET',
    url: URL,
    headers: [{ name: 'authorization', value: AUTHORIZATION }],
  }),
  'method, address and header': `GET ${URL}\nAuthorization: ${AUTHORIZATION}`,
  'address and the bare header value': `${URL}\n${AUTHORIZATION}`,
};

describe('pasted text', () => {
  for (const [form, text] of Object.entries(FORMS)) {
    it(`is read as ${form}, and its signature verified`, async () => {
      const { problem, causes } = await explainPasted(text);
      assert.deepEqual([problem, causes], [null, []]);
    });
  }

  it('keeps form bodies and their type', () => {
    const { method, headers, body } = read("curl https://x.example/ -d 'a=1' --data-raw 'b=@2'");
    assert.equal(method, 'POST');
    assert.deepEqual(headers, [['Content-Type', 'application/x-www-form-urlencoded']]);
    assert.equal(Buffer.from(body).toString(), 'a=1&b=@2');
    const raw = read('POST / HTTP/1.1\nHost: x.example\nContent-Type: application/json\n\n{"a":\n\n1}');
    assert.equal(Buffer.from(raw.body).toString(), '{"a":\n\n1}');
  });

  it('has the method that curl takes for a body, also for one in a file', () => {
    const seen = (options: string) => {
      const { method, headers } = read(`curl ${options} https://x.example/`);
      return [method, headers[0]?.[1] ?? null];
    };
    assert.deepEqual(seen('-d @body.txt'), ['POST', 'application/x-www-form-urlencoded']);
    assert.deepEqual(seen('-sXPUT -d @body.txt'), ['PUT', 'application/x-www-form-urlencoded']);
    assert.deepEqual(seen('-F file=@body.txt'), ['POST', 'multipart/form-data']);
    assert.deepEqual(seen('-T body.txt'), ['PUT', null]);
    assert.deepEqual(seen('-I'), ['HEAD', null]);
  });

  it('is no curl command without the word, whatever is said of it', () => {
    for (const text of ['hello world', '{}', 'GET / HTTP/1.1'])
      assert.deepEqual(readPastedRequest(text, 'curl'), { ok: false, mistake: 'not-recognised' });
  });

  it('is never taken for more than it is: files are not read, basic credentials not kept', () => {
    const { ignored, headers } = read('curl https://x.example/ -d @/etc/passwd -u alice:wonderland -F a=@b');
    assert.deepEqual(ignored, ['@/etc/passwd', '-F']);
    assert.doesNotMatch(JSON.stringify(headers), /wonderland/);
  });

  it('says what it could not be read as', () => {
    const mistakes = [
      ['', 'empty'],
      ['   \n', 'empty'],
      ["curl 'https://x.example/", 'curl-quote-open'],
      ['curl -s', 'no-address'],
      ['{"log":', 'har-not-json'],
      ['{}', 'har-without-request'],
      ['GET /path HTTP/1.1', 'no-address'],
      ['!!', 'not-recognised'],
      ['x'.repeat(1_000_001), 'too-long'],
    ];
    for (const [text, mistake] of mistakes)
      assert.deepEqual(readPastedRequest(text!), { ok: false, mistake }, text!.slice(0, 20));
  });

  it('is measured against the public URL, where one is known', async () => {
    const inside = FORMS['raw HTTP']!.replace('Host: tracker.example', 'Host: 10.0.0.7:8080');
    assert.equal((await explainPasted(inside, 'https://tracker.example/jira')).problem, null);
    const { causes, journey } = await explainPasted(FORMS['a curl command']!, 'https://issues.example/jira');
    assert.deepEqual(
      causes.map(({ code }) => code),
      ['signed-seen-host'],
    );
    assert.deepEqual(journey[1], {
      part: 'host',
      signed: 'tracker.example',
      seen: 'tracker.example',
      forwarded: null,
      isForwardedTrusted: false,
      ours: 'issues.example',
    });
  });
});

describe("the client's own base string", () => {
  const request = FORMS['raw HTTP']!;

  it('that equals ours leaves only the secret to differ', async () => {
    const wrong = send({ query: 'b=two%20words&a=1', consumerSecret: 'something-else-altogether' });
    const text = request.replace(AUTHORIZATION, wrong.request.authorization[0]!);
    const { checks, causes } = await explainPasted(`${text}\nbase string: ${wrong.baseString}`);
    assert.deepEqual(causes, []);
    assert.match(checks.find(({ name }) => name === 'signature')?.ours ?? '', /the secret differs/);
  });

  it('that differs names the mistake even under a wrong secret', async () => {
    const wrong = send({
      query: 'b=two%20words&a=1',
      consumerSecret: 'something-else-altogether',
      signedUrl: (url) => url.replace('https', 'http'),
    });
    const text = request.replace(AUTHORIZATION, wrong.request.authorization[0]!);
    const { causes, baseString } = await explainPasted(`signed: "${wrong.baseString}"\n\n${text}`);
    assert.deepEqual(
      causes.map(({ code }) => code),
      ['signed-http-for-https'],
    );
    assert.equal(baseString.source, 'printed');
    assert.equal(baseString.rows[baseString.firstDifference]?.name, 'address');
  });

  it('that is right shows a mistake with the secret', async () => {
    const wrong = send({ query: 'b=two%20words&a=1', key: (consumer) => `${encodeURIComponent(consumer)}&` });
    const text = request.replace(AUTHORIZATION, wrong.request.authorization[0]!);
    const { causes } = await explainPasted(`${text}\n${wrong.baseString}`);
    assert.deepEqual(
      causes.map(({ code }) => code),
      ['token-secret-missing'],
    );
  });

  it('is read back into a request when it comes alone', () => {
    const { kind, method, url, headers, baseString } = read(sent.baseString);
    assert.deepEqual(
      [kind, method, url],
      ['base-string', 'GET', 'https://tracker.example/jira/rest/issues?a=1&b=two%20words'],
    );
    assert.match(headers[0]?.[1] ?? '', /^OAuth oauth_consumer_key="/);
    assert.equal(baseString, sent.baseString);
  });
});

describe('reading pasted text', () => {
  it('never throws, and neither does explaining what was read', async () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        ...Object.values(FORMS),
        sent.baseString,
        'curl ',
        "$'",
        '\\',
        '\r\n',
        '%',
        '"',
        'oauth_',
        '&',
      ),
      fc.string({ unit: ANY_CHARACTER }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 6 }), async (parts) => {
        const reading = readPastedRequest(parts.join(''));
        if (!reading.ok) return;
        const found = arrivedFromPasted(reading.request, null);
        if (found !== null) await explainPasted(parts.join(''));
      }),
      { numRuns: 300 },
    );
  });

  it('takes time in proportion to the text', () => {
    for (const piece of [
      'curl -H ',
      '\\\n',
      "$'\\x41'",
      'GET&https%3A%2F%2F',
      '> ',
      'a: b\n',
      '%25',
      '"',
      ' ',
      '&oauth_token%3D',
    ]) {
      for (const start of ['', 'curl ', 'GET / HTTP/1.1\n', "curl '", 'GET&https%3A%2F%2Fx&']) {
        const began = process.hrtime.bigint();
        readPastedRequest((start + piece.repeat(200_000)).slice(0, 900_000));
        assert.ok(process.hrtime.bigint() - began < 2_000_000_000n, start + piece);
      }
    }
  });
});

describe('shell words', () => {
  it('are cut as a shell cuts them', () => {
    assert.deepEqual(shellWords(`a 'b c' "d \\"e\\" \\n" f\\ g $'h\\ni\\u00e9\\'' '' j\\\n k`), [
      'a',
      'b c',
      'd "e" \\n',
      'f g',
      "h\ni\u00e9'",
      '',
      'j',
      'k',
    ]);
    assert.equal(shellWords(`a "b`), null);
  });
});

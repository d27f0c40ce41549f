/** RFC 5849 s3.4.1.1: how the base string is put together, by the section's own example. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMessage, signatureBaseString, verifySignature } from '../../../src/oauth/index.ts';
import { arrive, FORM } from '../../support/arrive.ts';

const authorization =
  'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", ' +
  'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", ' +
  // The signature of erratum 2550: the one in the RFC was made with other secrets.
  'oauth_signature="r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D"';

const message = parseMessage(
  arrive('http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b', {
    method: 'post',
    authorization,
    contentType: FORM,
    body: 'c2&a3=2+q',
  }),
);

describe('RFC 5849 s3.4.1.1 string construction', () => {
  it('joins the method in upper case, the URI and the parameters, each encoded, with ampersands', () => {
    assert.equal(
      signatureBaseString(message),
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D' +
        '%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1' +
        '%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    );
  });

  it('is the text that the signature of the example was made from', () => {
    const key = {
      kind: 'shared-secret',
      consumerSecret: 'j49sk3j29djd',
      tokenSecret: 'dh893hdasih9',
    } as const;
    assert.ok(verifySignature(message, key));
  });

  it('encodes a custom method', () => {
    assert.match(
      signatureBaseString({ method: 'm-search!', baseUri: 'http://h/', parameters: [] }),
      /^M-SEARCH%21&/,
    );
  });

  it('ends with an ampersand when there are no parameters', () => {
    assert.equal(
      signatureBaseString({ method: 'GET', baseUri: 'http://h/', parameters: [] }),
      'GET&http%3A%2F%2Fh%2F&',
    );
  });
});

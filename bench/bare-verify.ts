/**
 * The limit: a bare node:http server that does the cryptography of one verification for each request and answers. It
 * parses nothing, remembers nothing and reads no header; its HMAC is `createHmac`, as anybody would write it.
 */
import { constants, createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { createServer } from 'node:http';

/** What the parent process sends to begin. */
interface Task {
  readonly kind: 'hmac' | 'rsa';
  readonly baseString: string;
  readonly signature: string;
  /** Key of the HMAC, or base64 SPKI of the RSA key. */
  readonly key: string;
}

const ANSWER = JSON.stringify({
  user: 'alice',
  displayName: 'Alice',
  consumer: 'bench',
  via: 'three-legged',
});

process.once('message', (task: Task) => {
  const verifies = task.kind === 'hmac' ? hmacCheck(task) : rsaCheck(task);
  const server = createServer((_request, response) => {
    const status = verifies() ? 200 : 401;
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': ANSWER.length });
    response.end(ANSWER);
  });
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ port: typeof address === 'object' ? address?.port : null });
  });
});

process.once('disconnect', () => process.exit(0));

function hmacCheck({ baseString, signature, key }: Task): () => boolean {
  const expected = Buffer.from(signature, 'base64');
  return () => timingSafeEqual(createHmac('sha1', key).update(baseString).digest(), expected);
}

function rsaCheck({ baseString, signature, key }: Task): () => boolean {
  const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
  const sent = Buffer.from(signature, 'base64');
  const data = Buffer.from(baseString);
  return () => verify('sha1', data, { key: publicKey, padding: constants.RSA_PKCS1_PADDING }, sent);
}

/**
 * A job without a user (2-legged): the consumer's own key and secret sign, and the provider decides as whom it runs.
 *
 *     PROVIDER=… CONSUMER_KEY=… CONSUMER_SECRET=… node --import ./examples/from-checkout.ts examples/nightly-job.ts
 */
import { RequestNotAllowed } from 'countersign/consumer';
import { clientFromEnvironment, setting } from './provider-client.ts';

const client = clientFromEnvironment();
const url = `${setting('PROVIDER')}/oauth/whoami`;

const { status, body } = await client.fetch(null, { method: 'GET', url });
console.log(status, Buffer.from(body).toString());

// A signature made for one provider goes to no other, whatever a mistake in the program says.
try {
  await client.fetch(null, { method: 'GET', url: 'https://elsewhere.example/' });
} catch (error) {
  if (!(error instanceof RequestNotAllowed)) throw error;
  console.log(error.code, error.message);
}
process.exitCode = status === 200 ? 0 : 1;

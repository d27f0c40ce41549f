/** Signed requests for Express 5. The guard comes before the parsers of bodies. */
import { expressGuard } from 'countersign/middleware';
import express from 'express';
import { openGuard, PORT, PUBLIC_URL } from './guard.ts';

const guard = await openGuard();
const app = express();
app.use('/rest', expressGuard(guard), express.json(), express.urlencoded());
app.all('/rest/echo', (request, response) => {
  response.json({ user: request.oauth?.user, path: request.originalUrl, form: request.body });
});
app.listen(PORT, '127.0.0.1', () => console.log(`ready ${PUBLIC_URL}`));

declare module 'express-serve-static-core' {
  interface Request {
    oauth?: import('countersign/middleware').Caller | null;
  }
}

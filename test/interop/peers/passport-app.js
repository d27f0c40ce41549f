/**
 * A web application that logs people in with passport-oauth1 on Express 5: `/login` sends them to the provider, and
 * `/callback` exchanges the token, asks the provider who they are, and answers with that. Takes its settings from
 * the environment and prints `listening URL`. Passport itself only calls the strategy, which is done here by hand.
 */
import { randomUUID } from 'node:crypto';
import express from 'express';
import OAuthStrategy from 'passport-oauth1';

const { PROVIDER_URL, CONSUMER_KEY, CONSUMER_SECRET } = process.env;
const sessions = new Map();
const app = express();

app.use((request, response, next) => {
  const cookie = /session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
  const id = sessions.has(cookie) ? cookie : randomUUID();
  if (id !== cookie) sessions.set(id, {});
  response.cookie('session', id, { httpOnly: true });
  request.session = sessions.get(id);
  next();
});

const server = app.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const strategy = createStrategy(`${url}/callback`);
  app.get('/login', authenticateWith(strategy));
  app.get('/callback', authenticateWith(strategy));
  process.stdout.write(`listening ${url}\n`);
});

function createStrategy(callbackURL) {
  const strategy = new OAuthStrategy(
    {
      requestTokenURL: `${PROVIDER_URL}/oauth/request-token`,
      accessTokenURL: `${PROVIDER_URL}/oauth/access-token`,
      userAuthorizationURL: `${PROVIDER_URL}/oauth/authorize`,
      consumerKey: CONSUMER_KEY,
      consumerSecret: CONSUMER_SECRET,
      callbackURL,
    },
    (_token, _tokenSecret, profile, done) => done(null, profile),
  );
  strategy.userProfile = function userProfile(token, tokenSecret, _parameters, done) {
    this._oauth.get(`${PROVIDER_URL}/oauth/whoami`, token, tokenSecret, (error, body) =>
      error ? done(error) : done(null, JSON.parse(body)),
    );
  };
  return strategy;
}

function authenticateWith(strategy) {
  return (request, response) => {
    const call = Object.create(strategy);
    call.redirect = (url) => response.redirect(url);
    call.success = (user) => response.json(user);
    call.fail = (challenge) => response.status(401).json({ challenge });
    call.error = (error) => response.status(500).json({ error: String(error), data: error.oauthError?.data });
    call.authenticate(request, {});
  };
}

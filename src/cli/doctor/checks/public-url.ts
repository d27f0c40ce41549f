/** Whether clients that use the public URL reach this very installation. */
import { isLoopbackHost } from '../../../model/index.ts';
import { type DoctorCheck, failed, ok, skipped, warning } from '../check.ts';

/** What a server answers that was asked for a host which it does not know as its own. */
const MISDIRECTED = 421;

export const publicUrlCheck: DoctorCheck = {
  name: 'public URL',
  async examine({ publicAnswer: answer, storage, settings: { listen } }) {
    if (answer.kind === 'nothing-to-ask') {
      if (isLoopbackHost(listen.host)) return skipped('is not set, and the port is chosen at start');
      return warning(
        'is not set, and this server listens for other machines',
        'Set --public-url to the address that clients use: it is what they have to sign.',
      );
    }
    if (answer.kind === 'unreachable') {
      if (!answer.isConfigured) return skipped(`is not set, and nothing answers at ${answer.url}`);
      return failed(
        `${answer.url} cannot be reached from here: ${answer.reason}`,
        'Start the server, or look at the proxy and the name server on the way.',
      );
    }
    if (answer.status === MISDIRECTED) {
      return failed(
        `${answer.url} leads to a server that does not know this host name`,
        'Let the proxy keep the Host header, or list it with --trust-proxy so that X-Forwarded-Host counts.',
      );
    }
    if (answer.consumerKey === null) {
      return failed(
        `${answer.url}/oauth/consumer-info answers with status ${answer.status}, and no installation’s information`,
        'Another program is behind this address: correct --public-url, its path included, or the proxy.',
      );
    }
    const installation = (await storage?.installation.read()) ?? null;
    if (installation === null)
      return skipped(`${answer.url} answers; whether it is this installation is not known`);
    if (installation.consumerKey === answer.consumerKey)
      return ok(`${answer.url} leads to this installation`);
    return failed(
      `${answer.url} leads to another installation, ${answer.consumerKey}`,
      'Correct --public-url or the proxy, or name the right data directory with --data.',
    );
  },
};

/** Whether public URL, listening address and trusted proxies make sense together. */
import { isLoopbackHost } from '../../../model/index.ts';
import { rangesOfStrangers, writtenAddress } from '../../../settings/index.ts';
import { type DoctorCheck, failed, ok, warning } from '../check.ts';

export const proxyCheck: DoctorCheck = {
  name: 'proxy',
  examine({ settings: { publicUrl, listen, trustProxy, userHeader }, passesClaimedName }) {
    const strangers = rangesOfStrangers(trustProxy);
    if (strangers.length > 0) {
      return failed(
        `--trust-proxy ${strangers.join(', ')} believes forwarded headers of strangers: more than a /8 of the public addresses`,
        'List the addresses of your own proxies only: anybody else could choose the address they appear under.',
      );
    }
    if (passesClaimedName) {
      return failed(
        `whoever sends ${userHeader} to the public URL is believed to be the person it names`,
        'Let the proxy set or delete that field in every request, also where it lets programs past its login, and let nobody else reach the server.',
      );
    }
    if (publicUrl?.protocol === 'https:' && trustProxy.length === 0 && !isLoopbackHost(listen.host)) {
      return warning(
        'the public URL is https, and no proxy is trusted that could say so',
        'List the proxy that ends TLS with --trust-proxy, or let the server listen on loopback behind it.',
      );
    }
    if (publicUrl?.protocol === 'http:' && !isLoopbackHost(publicUrl.hostname)) {
      return warning(
        `${publicUrl.origin} is not encrypted: tokens and data can be read on the way`,
        'Put a proxy with TLS in front and set --public-url to its https address.',
      );
    }
    return ok(
      trustProxy.length === 0
        ? `none is trusted; the server listens at ${writtenAddress(listen)}`
        : `forwarded headers count from ${trustProxy.join(', ')} only${userHeader === undefined ? '' : `, and ${userHeader} says there who people are: the proxy has to set or delete it in every request; null, - and (null) name nobody, and are refused`}`,
    );
  },
};

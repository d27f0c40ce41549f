/**
 * Wires the faces that people and their programs look at: pages, dashboards and their gadgets' data, and the REST API.
 * Reading their modules is a third of a start, so this file is imported when the server answers already, or with the
 * first request for one of them.
 */
import { findApiKeyHolder, type IdentityProvider } from '../accounts/index.ts';
import {
  administrationPages,
  applicationPages,
  connectionPages,
  peoplePages,
  problemPages,
  SECOND_FACTOR_PATH,
  searchPages,
  signaturePages,
} from '../console/index.ts';
import { dashboardEndpoints, dashboardPages, gadgetSources, ownGadgets } from '../dashboard/index.ts';
import { type GadgetsContext, gadgetTitles, ticketKey } from '../gadgets/index.ts';
import type { User } from '../model/index.ts';
import { apiReferencePages, createRestApi, type RestApi } from '../rest-api/index.ts';
import { createPages, type Pages, servePage, serveTrouble } from '../web/index.ts';
import { bareUrl, type Contexts, endpointContext, type Ingredients } from './contexts.ts';
import type { LateFaces } from './dispatch.ts';
import { openIdProvider } from './openid/index.ts';
import { proxyLogin } from './user-header.ts';

/** Wires them. */
export function composeLateFaces(ingredients: Ingredients, contexts: Contexts): LateFaces {
  const { open, publicUrl } = ingredients;
  const address = bareUrl(publicUrl);
  const gadgets: GadgetsContext = { ...open, publicUrl: address, ownGadgets: ownGadgets(address) };
  const pages = composePages(ingredients, contexts, gadgets);
  const restApi = composeRestApi(ingredients, contexts, gadgets);
  return {
    endpoints: dashboardEndpoints({ ...endpointContext(ingredients, contexts), gadgets }),
    restApi: (wire, response) => restApi.handle(wire, response),
    pages: (wire, response) => servePage(pages, wire, response),
    troublePage: (wire, response, trouble) => serveTrouble(pages, wire, response, trouble),
  };
}

function composePages(ingredients: Ingredients, contexts: Contexts, gadgets: GadgetsContext): Pages {
  const { settings, open, publicUrl, log } = ingredients;
  const { accounts, administration, consumer, outbound, provider } = contexts;
  const titles = gadgetTitles(gadgets);
  const secondFactorFor = async (user: User) =>
    (await contexts.lacksSecondFactor(user)) ? SECOND_FACTOR_PATH : null;
  const diagnosis = {
    settings: provider.settings,
    trustedProxies: settings.trustProxy,
    isCapturing: settings.captureRefusals === 'on',
  };
  const sets = [
    peoplePages({
      ...{ accounts, provider, gadgetTitles: titles, secondFactorFor },
      identityProvider: composeIdentityProvider(ingredients, contexts),
      proxyLogin: proxyLogin(settings, log),
    }),
    connectionPages({ storage: open.storage, consumer, gadgetTitles: titles }),
    applicationPages({ administration, diagnosis }),
    administrationPages({ administration, accounts, outbound, consumer, diagnosis }),
    dashboardPages({ ...contexts, gadgets, publicUrl, ticketKey: ticketKey(ingredients.identity) }),
    problemPages(),
    apiReferencePages(),
    signaturePages(),
  ];
  return createPages({
    publicUrl,
    accounts,
    installationName: async () => (await open.storage.installation.read())!.name,
    sets: [...sets, searchPages(administration, sets)],
    secondFactorFor,
    onError: (err, requestId) => log.error({ err, requestId }, 'page failed'),
  });
}

function composeIdentityProvider(
  { settings, open, publicUrl, log }: Ingredients,
  { outbound }: Contexts,
): IdentityProvider | null {
  return openIdProvider(settings, bareUrl(publicUrl), { ...open, outbound }, log);
}

function composeRestApi(
  { open, publicUrl, settings, log }: Ingredients,
  { administration, accounts, consumer, outbound, provider }: Contexts,
  gadgets: GadgetsContext,
): RestApi {
  return createRestApi({
    administration,
    accounts,
    gadgets,
    gadgetSources: gadgetSources(outbound, 'en'),
    consumer,
    outbound,
    settings: provider.settings,
    publicUrl: bareUrl(publicUrl),
    trustedProxies: settings.trustProxy,
    findHolder: (key) => findApiKeyHolder(open, key),
    onTrouble: (err, requestId) => log.error({ err, requestId }, 'API call failed'),
  });
}

/** Web: everything HTTP that the faces share. */

export {
  type Answer,
  type Asked,
  challengeAnswer,
  type ExtraHeaders,
  failureAnswer,
  isTrouble,
  methodNotAllowedAnswer,
  textAnswer,
} from './answers.ts';
export { type ConnectionFacts, connectionFacts } from './connection-facts.ts';
export {
  type ConsumerInformation,
  ConsumerInformationRefused,
  readConsumerInformation,
  writeConsumerInformation,
} from './consumer-information.ts';
export { HELD_BODY_LIMIT, looksLikeForm, mustHoldBody } from './covered-body.ts';
export { type CsvPlace, csvHeaders, csvText } from './csv.ts';
export type { Endpoint } from './endpoint.ts';
export { fetchConsumerInformation } from './fetch-consumer-information.ts';
export { connectionNames, NOT_FORWARDED, plainFieldName } from './header-names.ts';
export { originalRequest, type ProxyDialect } from './original-request.ts';
export { type ComplaintRead, rawHeaderValues, readComplaint } from './outbound/complaint.ts';
export { createOutbound, type Outbound } from './outbound/outbound.ts';
export { OUTBOUND_REFUSALS, OutboundRefused } from './outbound/refused.ts';
export type { OutboundAnswer, OutboundRequest } from './outbound/request.ts';
export {
  createOutboundStreams,
  type OutboundStreams,
  type StreamedAnswer,
} from './outbound/stream.ts';
export * from './pages/index.ts';
export {
  JSON_TEXT,
  sendAnswer,
  sendChallenge,
  sendFailure,
  sendForm,
  sendJson,
  sendMethodNotAllowed,
  sendProblem,
  sendText,
  unreadRequest,
} from './problem-response.ts';
export { readProviderRequest } from './provider-request.ts';
export { ENDPOINT_BODY_LIMIT, readBody, rememberedBody } from './request-body.ts';
export { sentKeys } from './sent-keys.ts';
export { hardenServer, serverOptions } from './server-options.ts';
export {
  isUserHeader,
  nameIn,
  readUserHeader,
  type UserHeaderWord,
} from './user-header.ts';
export { isReadByPerson, wantsPage } from './wants-page.ts';
export { WireRefused } from './wire-refused.ts';
export {
  arrivedRequest,
  createWirePolicy,
  isFromListedProxy,
  readWireRequest,
  type UserHeaders,
  type WirePolicy,
  type WireRequest,
} from './wire-request.ts';
export { readXml, type XmlElement, XmlRefused } from './xml.ts';

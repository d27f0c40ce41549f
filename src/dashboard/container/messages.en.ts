/** English sentences about gadgets' frames and requests. */
export const en = {
  stopped: 'This gadget was stopped: it sent more messages than it may. Reload the page to try it again.',
  frameGone: 'This gadget is not here any more, or you may not see it. Reload the dashboard.',
  frameBroken: 'This gadget cannot be shown. An administrator sees why in the directory of gadgets.',
  frameNotAllowed:
    'This gadget is a page at {origin}, which gadgets may not reach. An administrator can allow it.',
  leaveTitle: 'Leave for another site?',
  leaveText: 'A link in a gadget leads to {host}. The gadget chose it; make sure that you want to go there.',
  leaveInvalid: 'The link in the gadget leads to no web address.',
  leaveButton: 'Go to {host}',
  leaveBack: 'You can close this window to stay.',
  wrongToken: 'This request does not belong to the gadget. Reload the dashboard.',
  staleToken: 'The dashboard has been open for long. Reload it.',
  gone: 'The gadget was removed. Reload the dashboard.',
  tooMany: 'Your gadgets ask for too much at once. Try again in {seconds} s.',
  notAllowed: 'Gadgets may not reach {origin}. An administrator can allow it.',
  signedRefused:
    '{origin} belongs to a service provider whose record here does not allow this without a user’s token. Use OAUTH.',
  notAFeed: 'The answer is no feed: neither RSS nor Atom.',
  noOwnKey: 'This installation has no key of its own to sign with.',
  mistakes: {
    'request-unreadable': 'The request cannot be read.',
    'address-invalid': '“{value}” is no http or https address.',
    'address-credentials': 'An address with a user name or password is not requested ({value}).',
    'method-unknown':
      '“{value}” is no method that gadgets may use. Use GET, POST, PUT, PATCH, DELETE or HEAD.',
    'authorization-unknown': '“{value}” is no AUTHORIZATION. Use NONE, SIGNED or OAUTH.',
    'protocol-parameter': 'The parameter “{value}” is set by the container. Take it out.',
    'escape-malformed': 'A “%” without two hexadecimal digits cannot be signed ({value}).',
  },
};

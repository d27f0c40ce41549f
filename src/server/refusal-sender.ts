/**
 * Refusals to whoever reads them: a person who opened an address, or sent a form, gets a page in their language; a
 * program gets the line of text as it is, with the same status and fields.
 */
import type { ServerResponse } from 'node:http';
import { type Answer, isReadByPerson, sendAnswer, type Trouble, type WireRequest } from '../web/index.ts';

/** Tells a person on a page what went wrong. */
export type TroubleTeller = (wire: WireRequest, response: ServerResponse, trouble: Trouble) => Promise<void>;

/** Sends a refusal. @param reason what the page says of it beside its own words, in English; none unless given */
export type RefusalSender = (
  wire: WireRequest,
  response: ServerResponse,
  answer: Answer,
  reason?: string | null,
) => void;

/** Header fields that every page sets for itself. */
const OF_EVERY_ANSWER = [
  'Content-Type',
  'Content-Length',
  'Cache-Control',
  'X-Content-Type-Options',
  'X-Request-Id',
];

/** @param lateFaces gives the pages; where even that fails, the text is sent */
export function createRefusalSender(
  lateFaces: () => Promise<{ readonly troublePage: TroubleTeller }>,
): RefusalSender {
  async function sendPage(
    wire: WireRequest,
    response: ServerResponse,
    { status, headers }: Answer,
    reason: string | null,
  ): Promise<void> {
    const { troublePage } = await lateFaces();
    const own = Object.entries(headers).filter(([name]) => !OF_EVERY_ANSWER.includes(name));
    await troublePage(wire, response, { status, headers: Object.fromEntries(own), reason });
  }

  return (wire, response, answer, reason = null) => {
    if (!isReadByPerson(wire)) return sendAnswer(response, answer);
    // For whoever looks at it before the page is made.
    response.statusCode = answer.status;
    sendPage(wire, response, answer, reason).catch(() => {
      if (response.headersSent) response.destroy();
      else sendAnswer(response, answer);
    });
  };
}

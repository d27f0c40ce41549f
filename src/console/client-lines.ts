/** The line that mends a mistake, for each client library where they differ. */
import { CLIENT_LINES, CLIENTS, type Client, type MistakeCode } from '../explain/index.ts';
import { type Catalogue, type Content, html, type PageContext } from '../web/index.ts';

const messages: Catalogue<{ readonly title: string }> = {
  en: { title: 'In your client' },
  ja: { title: 'クライアントでの書き方' },
};

/** The lines, folded away unless they are what the page is about; nothing where all libraries do it by themselves. */
export function clientLines(
  c: PageContext,
  code: MistakeCode,
  options: { readonly isOpen?: boolean } = {},
): Content {
  const lines = CLIENT_LINES[code];
  if (lines === undefined) return '';
  const clients = (Object.keys(CLIENTS) as Client[]).filter((client) => lines[client] !== undefined);
  return html`<details class="more"${options.isOpen ? html` open` : ''}><summary>${c.messages(messages).title}</summary><dl class="client-lines">${clients.map(
    (client) => html`<div><dt>${CLIENTS[client]}</dt><dd><code>${lines[client]}</code></dd></div>`,
  )}</dl></details>`;
}

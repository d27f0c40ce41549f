/** The end of a window in which somebody decided: tells the dashboard, and closes. A failure stays to be read. */
const ended = document.querySelector<HTMLElement>('[data-approval-outcome]');
if (ended !== null) {
  const { approvalOutcome: outcome, module, provider } = ended.dataset;
  const channel = new BroadcastChannel('countersign-approval');
  channel.postMessage({ outcome, module, provider, text: ended.textContent });
  channel.close();
  if (outcome !== 'failed') close();
}

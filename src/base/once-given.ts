/** What takes long to get and is then kept: asked for once, by however many want it meanwhile, and again after a failure. */

/** @param get gives it; whoever asks while it is being got waits for the same */
export function onceGiven<Given>(get: () => Promise<Given>): () => Promise<Given> {
  let getting: Promise<Given> | null = null;
  return () => {
    getting ??= get().catch((error: unknown) => {
      getting = null;
      throw error;
    });
    return getting;
  };
}

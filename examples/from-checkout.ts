/**
 * Lets the examples run in a checkout: `node --import ./examples/from-checkout.ts examples/…`. There the doors of the
 * package (`countersign/consumer` and so on) are its sources; where the package is installed, leave this out.
 */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    const door = /^countersign\/(.+)$/.exec(specifier)?.[1];
    if (door === undefined) return nextResolve(specifier, context);
    return nextResolve(new URL(`../src/${door}/index.ts`, import.meta.url).href, context);
  },
});

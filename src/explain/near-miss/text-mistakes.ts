/** All mistakes that change the base string: address, method, parameters, order, encoding. */
import { HOST_MISTAKES, PORT_MISTAKES, SCHEME_MISTAKES } from './address-mistakes.ts';
import { BODY_MISTAKES } from './body-mistakes.ts';
import { ENCODING_MISTAKES } from './encoding-mistakes.ts';
import { METHOD_MISTAKES } from './method-mistakes.ts';
import { ORDER_MISTAKES } from './order-mistakes.ts';
import { PARAMETER_MISTAKES } from './parameter-mistakes.ts';
import { PATH_MISTAKES } from './path-mistakes.ts';
import type { MistakeToTry } from './signing-mistake.ts';

/** In the order in which they are tried. */
export const TEXT_MISTAKES: readonly MistakeToTry[] = [
  ...SCHEME_MISTAKES,
  ...HOST_MISTAKES,
  ...PORT_MISTAKES,
  ...PATH_MISTAKES,
  ...METHOD_MISTAKES,
  ...PARAMETER_MISTAKES,
  ...BODY_MISTAKES,
  ...ORDER_MISTAKES,
  ...ENCODING_MISTAKES,
];

/** What gadgets' specs say, and what of it one person is shown. */
export { CORE_FEATURES } from './features.ts';
export {
  contentFor,
  type GadgetDetails,
  gadgetDetails,
  LONGEST_PREFERENCE,
  preferenceFits,
  type Showing,
  type ShownPreference,
  substitutionsFor,
} from './gadget-details.ts';
export type {
  Datatype,
  GadgetSpec,
  SpecContent,
  SpecElement,
  SpecNote,
  SpecPreference,
} from './gadget-spec.ts';
export { bundleUrls, type MessageTexts } from './message-bundle.ts';
export {
  type PinnedGadget,
  type ReadGadget,
  readBundleText,
  readPinnedGadget,
  readSpecText,
  type XmlReader,
} from './pinned-gadget.ts';
export {
  SPEC_MISTAKES,
  type SpecMistake,
  type SpecMistakeCode,
  SpecRefused,
} from './spec-refused.ts';
export { specMistakeWords, specNoteWords } from './spec-words.ts';
export { substitute } from './substitute.ts';

/** Completion for bash: words and flags, without what they are for, which bash has no place to show. */
import { flagsByValues, type Place } from './places.ts';

/** The script. */
export function bashScript(all: readonly Place[]): string {
  const valued = flagsByValues(all);
  const values = [...valued].map(
    ([known, flags]) => `    ${flags.join('|')}) ${known === '' ? 'return' : `words='${known}'`} ;;`,
  );
  const cases = all.map(({ path, words, flags }) => {
    const candidates = [...words, ...flags].map(({ word }) => word);
    return `      ${placePattern(path)}) words='${candidates.join(' ')}' ;;`;
  });
  return `_countersign() {
  local place='' previous='' words='' word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $previous in
      ${[...valued.values()].flat().join('|')}) previous=''; continue ;;
    esac
    case $word in -*) ;; *) place="$place $word" ;; esac
    previous=$word
  done
  case $previous in
${values.join('\n')}
    *) case $place in
${cases.join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _countersign countersign
`;
}

/** The pattern of a place: the words that lead there, and whatever arguments follow. */
export function placePattern(path: readonly string[]): string {
  const words = path.map((word) => ` ${word}`).join('');
  return words === '' ? '*' : `'${words}'|'${words} '*`;
}

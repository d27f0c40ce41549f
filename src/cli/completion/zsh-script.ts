/** Completion for zsh, with what each word and flag is for; flags are offered once a dash was typed. */
import { placePattern } from './bash-script.ts';
import { type Choice, flagsByValues, type Place } from './places.ts';

/** The script. It works before and after zsh's own completion was set up. */
export function zshScript(all: readonly Place[]): string {
  const valued = flagsByValues(all);
  const values = [...valued].map(
    ([known, flags]) =>
      `    ${flags.join('|')}) ${known === '' ? '_files' : `compadd -- ${known}`}; return ;;`,
  );
  const cases = all.map(
    ({ path, words, flags }) =>
      `    ${placePattern(path)})\n      subcommands=(${list(words)})\n      flags=(${list(flags)}) ;;`,
  );
  return `(( $+functions[compdef] )) || { autoload -U compinit && compinit; }
_countersign() {
  local place='' previous='' word
  local -a subcommands flags
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case $previous in
      ${[...valued.values()].flat().join('|')}) previous=''; continue ;;
    esac
    [[ $word == -* ]] || place="$place $word"
    previous=$word
  done
  case $previous in
${values.join('\n')}
  esac
  case $place in
${cases.join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe -o flag flags
  elif (( $#subcommands )); then
    _describe command subcommands
  else
    _files
  fi
}
compdef _countersign countersign
`;
}

/** `word:what it is for`, quoted. */
function list(choices: readonly Choice[]): string {
  return choices
    .map(({ word, description }) => `${word}${description === '' ? '' : `:${description}`}`)
    .map((text) => `'${text.replaceAll("'", "'\\''")}'`)
    .join(' ');
}

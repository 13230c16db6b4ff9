/**
 * What a text needs that holds many mutants behind switches: it takes the one that is on from its input, so that it is loaded once for
 * all of them, and stops where a mutant made a loop endless. Pure.
 */

/** Times that the place of the mutant that is on may be passed in one call: a loop that no longer ends stops here. */
const HIT_LIMIT = 20_000;

/** `asks`: the name of the function by which the text asks whether a mutant is on. */
export const behindSwitches = (code: string, asks: string): string => `let $active = '', $hits = 0;
function ${asks}(id) {
  if ($active !== id) return false;
  $hits += 1;
  if ($hits > ${HIT_LIMIT}) throw new Error('a loop of the mutant does not end');
  return true;
}
${code}
${SWITCH}`;

const SWITCH = `{
  const { run } = globalThis.component;
  globalThis.component = { run: (parts) => {
    const { $mutant, ...input } = parts.input ?? {};
    $active = $mutant;
    $hits = 0;
    return run({ ...parts, input });
  } };
}
`;

/** Who is tried for a request, in which order: what is built in costs nothing and comes first; code that comes with it is taken as it is. */
import type { ChangeRequest } from '#change';
import type { Generator } from '#ports';
import type { ChangeParts } from './parts.ts';

export interface Routed {
  readonly generator: Generator;
  readonly why: string;
}

/** Never a model call. */
const builtIn: ReadonlySet<string> = new Set(['sentences', 'settings', 'quality']);
export const isBuiltIn = ({ name }: Pick<Generator, 'name'>): boolean => builtIn.has(name);

export async function route(request: ChangeRequest, parts: ChangeParts): Promise<readonly Routed[]> {
  if (request.proposal !== undefined)
    return parts.handedIn === undefined
      ? []
      : [
          {
            generator: parts.handedIn,
            why: `the code comes with the request, from ${request.proposal.from === 'agent' ? 'an agent' : 'a person'}`,
          },
        ];
  const own = parts.generators.filter(isBuiltIn);
  const others = parts.generators.filter((generator) => !isBuiltIn(generator));
  const order = await parts.router?.order(
    request,
    others.map((generator) => generator.name),
  );
  const rest =
    order?.flatMap(({ generator: name, why }): Routed[] => {
      const generator = others.find((each) => each.name === name);
      return generator === undefined ? [] : [{ generator, why }];
    }) ?? others.map((generator): Routed => ({ generator, why: 'in the order of the configuration' }));
  return [...own.map((generator): Routed => ({ generator, why: 'built in: it costs no model' })), ...rest];
}

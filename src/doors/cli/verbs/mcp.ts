/** theseus mcp: the Model Context Protocol over standard input and output, for an agent that starts it. It has the rights of its key. */
import { type Connection, findSystem } from '../connect.ts';
import { exitCodes, Usage } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

export function mcpVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('mcp', 'speak MCP over standard input and output, for agents'))
    .option('--tools <which>', 'all, change (to change the system) or system (its own interface)', 'all')
    .action(
      deed<[Connection & { readonly tools: string }]>(async ({ environment }, options) => {
        if (!['all', 'change', 'system'].includes(options.tools)) throw new Usage('--tools must be all, change or system.');
        const { url, key } = findSystem(environment, options);
        await environment.serveMcp({ url, key, tools: options.tools });
        return exitCodes.done;
      }),
    );
}

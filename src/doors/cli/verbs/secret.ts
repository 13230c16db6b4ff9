/**
 * theseus secret: what hosts outside are told of who we are, by names. Values are read from standard input, never from the command line,
 * where other users of the machine could see them; nothing prints one.
 */
import { type Connection, dataFolders, readRunning } from '../connect.ts';
import { exitCodes, Usage } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

export function secretVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('secret', 'secrets that hosts outside are told'))
    .argument('<deed>', 'set, list or remove')
    .argument('[name]', 'in capitals, as theseus.json names it: EXAMPLE_KEY')
    .action(
      deed<[string, string | undefined, Connection]>(async ({ say, environment }, what, name, options) => {
        const folders = dataFolders(environment, options);
        const folder = folders.find((each) => readRunning(each) !== null) ?? folders[0];
        if (folder === undefined) throw new Usage('There is no data folder here. Say which: --data FOLDER');
        const secrets = environment.secrets(folder);
        if (what === 'list' && name === undefined) {
          const names = secrets.names();
          for (const each of names) say.line(each);
          if (names.length === 0) say.line('No secret is set. Set one: theseus secret set NAME, with its value on standard input');
          say.document({ names });
          return exitCodes.done;
        }
        if (name === undefined || (what !== 'set' && what !== 'remove'))
          throw new Usage('theseus secret set NAME, theseus secret remove NAME, or theseus secret list');
        if (what === 'remove') {
          const removed = secrets.remove(name);
          say.line(removed ? `${name} is removed.` : `There is no secret ${name} in ${folder}.`);
          say.document({ removed });
          return removed ? exitCodes.done : exitCodes.refused;
        }
        if (environment.terminal) say.line(`Write the value of ${name} on one line, then Enter and Ctrl-D.`);
        const refused = secrets.set(name, await environment.input());
        say.line(refused === null ? `${name} is set, and is told from the next request on.` : refused.why);
        say.document(refused === null ? { set: name } : { refused: refused.why });
        return refused === null ? exitCodes.done : exitCodes.refused;
      }),
    );
}

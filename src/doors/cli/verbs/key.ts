/** theseus key: API keys: new, list, end. */
import { exitCodes, Usage } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

export function keyVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('key', 'API keys: key new NAME --role ROLE, key list, key end ID'))
    .argument('<deed>', 'new, list or end')
    .argument('[name]', 'of a new key its name; of one to end its id')
    .option('--role <role...>', 'roles of a new key')
    .action(
      deed<[string, string | undefined, { readonly role?: readonly string[] }]>(async ({ say, client }, what, name, { role }) => {
        switch (what) {
          case 'list': {
            const page = await client().keys();
            for (const { id, name: named, roles, createdAt, ended } of page.items)
              say.line(
                `${ended ? say.style('dim', 'ended   ') : say.style('green', 'in force')}  ${named.padEnd(24)} ${roles.join(', ').padEnd(20)} ${say.style('dim', `${id}  ${createdAt.slice(0, 10)}`)}`,
              );
            say.document(page);
            return exitCodes.done;
          }
          case 'new': {
            if (name === undefined || role === undefined)
              throw new Usage('Give a name and at least one role: theseus key new "shop floor" --role clerk');
            const issued = await client().issueKey(name, role);
            say.line(issued.key);
            say.line(say.style('dim', `It is shown this once. End it with: theseus key end ${issued.id}`));
            say.document(issued);
            return exitCodes.done;
          }
          case 'end': {
            if (name === undefined) throw new Usage('Give the id of the key: theseus key end ID (all are listed by: theseus key list)');
            await client().endKey(name);
            say.line('The key is ended.');
            say.document({ ended: name });
            return exitCodes.done;
          }
          default:
            throw new Usage(`key ${what} is not known: new, list, end.`);
        }
      }),
    );
}

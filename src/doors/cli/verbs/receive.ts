/** theseus receive: called by the system's own repository for each push. Hands it in as a proposal; where it does not pass, the push is refused with the evidence. */
import { resolve } from 'node:path';
import { exitCodes } from '../failure.ts';
import { askAndFollow, codeOf } from '../follow-change.ts';
import { settingOff } from '../hand-in.ts';
import { pushedIn } from '../pushed.ts';
import { statedRegions } from '../stated-regions.ts';
import type { VerbParts } from '../verb.ts';

export function receiveVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('receive', 'take a push to refs/proposals/*: the hook of the repository calls this')).action(
    deed<[]>(async ({ say, environment, client }) => {
      const pushed = pushedIn(resolve(environment.variables['GIT_DIR'] ?? '.'), await environment.input());
      if (pushed === null) return exitCodes.done;
      const { base, message, reaches, notes, files } = pushed;
      const regions = statedRegions(pushed.regions);
      const change = await askAndFollow(client(), message, say, {
        base,
        proposal: { from: 'person', files, notes, ...settingOff(reaches) },
        ...(regions === undefined ? {} : { regions }),
      });
      say.line(`theseus show ${change.id}`);
      say.document(change);
      return codeOf(change);
    }),
  );
}

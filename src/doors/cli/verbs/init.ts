/** theseus init NAME: a new, empty system in a folder of its own. Never overwrites a file. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { exitCodes, Refused, Usage } from '../failure.ts';
import { newSystemFiles, sdkFiles } from '../new-system.ts';
import type { VerbParts } from '../verb.ts';

interface Options {
  readonly currency: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly git?: boolean;
}

export function initVerb({ verb, deed }: VerbParts): void {
  verb('init', 'make a new, empty system')
    .argument('<folder>', 'where; its last part is the name of the system')
    .option('--currency <code>', 'ISO 4217 code; fixed for ever', 'EUR')
    .option('--time-zone <name>', 'of the time zone database', Intl.DateTimeFormat().resolvedOptions().timeZone)
    .option('--locale <tag>', 'language tag', 'en')
    .option('--git', 'and make it a git repository')
    .action(
      deed<[string, Options]>(async ({ say, environment }, given, options) => {
        const folder = resolve(environment.cwd, given);
        const name = basename(folder);
        checkOptions(name, options);
        const files = newSystemFiles(
          { name, currency: options.currency, timeZone: options.timeZone, locale: options.locale },
          sdkFiles(environment.sdkFolder),
          environment.entityDeclarations,
        );
        const there = Object.keys(files).filter((path) => existsSync(join(folder, path)));
        if (there.length > 0)
          throw new Refused(
            'conflict',
            `${folder} has these already: ${there.slice(0, 5).join(', ')}. Nothing was written. Choose another folder.`,
          );
        for (const [path, text] of Object.entries(files)) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), text, { flag: 'wx' });
        }
        if (options.git === true) startHistory(folder);
        say.line(`A new system stands in ${folder}.`);
        const named = JSON.stringify(relative(environment.cwd, folder) || '.').replace(/^"([\w./-]+)"$/, '$1');
        say.line(`  theseus start --system ${named}`);
        say.line(`  theseus change --system ${named} "Track customers with a name, an email and a phone"`);
        say.document({ folder, name, files: Object.keys(files) });
        return exitCodes.done;
      }),
    );
}

function checkOptions(name: string, { currency, timeZone, locale }: Options): void {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
    throw new Usage(`${name} cannot be the name of a system: small letters, digits and -, at most 40, such as my-system.`);
  if (!Intl.supportedValuesOf('currency').includes(currency))
    throw new Usage(`${currency} is no ISO 4217 code of a currency, such as EUR.`);
  try {
    Intl.DateTimeFormat(locale, { timeZone });
  } catch (cause) {
    throw new Usage(
      `The time zone ${timeZone} or the locale ${locale} is not known, such as Europe/Berlin and en (${cause instanceof Error ? cause.message : ''}).`,
    );
  }
}

function startHistory(folder: string): void {
  const made = spawnSync('git', ['init', '--quiet', folder], { encoding: 'utf8' });
  if (made.status !== 0)
    throw new Refused('unavailable', `The system was made, but git was not: ${made.error?.message ?? made.stderr.trim()}`);
}

/** theseus change SENTENCE: asks for a change, shows each step, and what became of it. */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { attachmentName } from '#api/client';
import { converse } from '../answer-question.ts';
import { Usage } from '../failure.ts';
import { codeOf } from '../follow-change.ts';
import { regionOption, statedRegions } from '../stated-regions.ts';
import type { VerbParts } from '../verb.ts';

function attached(path: string): { readonly name: string; readonly text: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new Usage(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  if (!isUtf8(bytes)) throw new Usage(`${path} is no text in UTF-8; attach it as text (a PDF: its words).`);
  return { name: attachmentName(basename(path)), text: bytes.toString('utf8') };
}

export function changeVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('change', 'ask for a change in a sentence'))
    .argument('<sentence...>', 'what should change')
    .option(
      '--attach <file>',
      'a document that it goes by, such as an OpenAPI document; once for each',
      (file: string, files: readonly string[]) => [...files, file],
      [],
    )
    .option(...regionOption)
    .action(
      deed<[string[], { readonly attach: readonly string[]; readonly region: readonly string[] }]>(
        async ({ say, client, environment }, words, { attach, region }) => {
          const sentence = words.join(' ').trim();
          if (sentence === '') throw new Usage('Say what should change, in a sentence.');
          const regions = statedRegions(region);
          const change = await converse(client(), sentence, say, environment, {
            ...(attach.length === 0 ? {} : { attachments: attach.map(attached) }),
            ...(regions === undefined ? {} : { regions }),
          });
          say.document(change);
          return codeOf(change);
        },
      ),
    );
}

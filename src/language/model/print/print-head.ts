/** The opening doc comment. What people asked for is written into it, so nothing of it may end the comment or fake a line. */
import { hiddenCharacter } from '../hidden-characters.ts';
import type { Head } from '../reading.ts';

const parts = ['why', 'change', 'generator', 'date'] as const;
const commentWidth = 120;

export function printHead(head: Head): string {
  const lines = [...wrapped(plain(head.what).replace(/^(why|change|generator|date):/i, '$1 is:')), ''];
  for (const part of parts) lines.push(...wrapped(`${part}: ${plain(head[part])}`));
  return `/**\n${lines.map((line) => ` *${line === '' ? '' : ` ${line}`}\n`).join('')} */\n`;
}

/** One line of visible text that cannot end a comment. */
function plain(text: string): string {
  return text.toWellFormed().replace(/\*\//g, '* /').replace(hiddenCharacter, ' ').replace(/\s+/g, ' ').trim();
}

/** Lines of at most the width; a line never begins with what would be read as a part of its own. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > commentWidth && !/^(why|change|generator|date):/.test(word)) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

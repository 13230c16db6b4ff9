/** A document in passages: whole paragraphs under the heading that they stand under, at most `LONGEST` characters each. Pure; any text may come in. */
const LONGEST = 1_000;
/** More of one document is not read: a document is no database. */
export const mostPassages = 400;

export function passagesOf(text: string): readonly string[] {
  const passages: string[] = [];
  let heading = '';
  let current = '';
  const close = (): void => {
    if (current.trim() !== '') passages.push(current.trim());
    current = '';
  };
  for (const paragraph of text.split(/\n[ \t]*\n/)) {
    const title = /^\s*#{1,6}\s+(.+)/.exec(paragraph)?.[1]?.trim().slice(0, 200);
    if (title !== undefined) {
      close();
      heading = title;
    }
    for (const part of partsOf(paragraph.trim())) {
      if (current !== '' && current.length + part.length > LONGEST) close();
      const opens = current === '' && title === undefined && heading !== '';
      current = `${opens ? `# ${heading}` : current}${opens || current !== '' ? '\n\n' : ''}${part}`;
    }
    if (passages.length >= mostPassages) break;
  }
  close();
  return passages.slice(0, mostPassages);
}

/** A paragraph that is longer than a passage may be, at spaces where it has any. */
function partsOf(paragraph: string): readonly string[] {
  const parts: string[] = [];
  let rest = paragraph;
  while (rest.length > LONGEST) {
    const space = rest.lastIndexOf(' ', LONGEST);
    const end = space > LONGEST / 2 ? space : LONGEST;
    parts.push(rest.slice(0, end).toWellFormed());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

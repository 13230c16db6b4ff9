/** Why a file differs: what its opening comment says, what of the request named its component, and which binding examples it holds. Pure. */
import { type ChangeDetail, exampleName, type FileDifference } from '#api/client';
import { bindingOf } from './binding.ts';

export interface FileReason {
  readonly label: 'Why' | 'Asked' | 'Must hold';
  readonly texts: readonly string[];
}
const kinds: { readonly [folder: string]: string } = {
  entities: 'entity',
  rules: 'rule',
  workflows: 'workflow',
  operations: 'operation',
  views: 'view',
  reactions: 'reaction',
  jobs: 'job',
};

export function fileReasons(file: FileDifference, change: Pick<ChangeDetail, 'understanding' | 'stated'>): readonly FileReason[] {
  const component = componentOf(file.path);
  const isTests = file.path.endsWith('.test.ts');
  const why = isTests ? undefined : headWhy(file.after ?? file.before ?? '');
  const echo = change.understanding?.echo ?? [];
  const naming = component === undefined ? [] : echo.filter((sentence) => names(sentence, component.name));
  const asked = naming.length > 0 ? naming : echo.length === 1 ? echo : [];
  const examples = isTests
    ? bindingOf(change)
        .filter((one) => component !== undefined && one.component === `${component.kind}/${component.name}`)
        .map(({ example, hidden }) => `${exampleName(example)}${hidden ? ' (hidden from the writer)' : ''}`)
        .filter((name) => name.trim() !== '' && !name.startsWith(' '))
    : [];
  const reasons: readonly FileReason[] = [
    { label: 'Why', texts: why === undefined ? [] : [why] },
    { label: 'Asked', texts: asked },
    { label: 'Must hold', texts: examples },
  ];
  return reasons.filter(({ texts }) => texts.length > 0);
}

/** `operations/place-order.test.ts` is of operation placeOrder. */
export function componentOf(path: string): { readonly kind: string; readonly name: string } | undefined {
  const [, folder = '', file = ''] = /^([a-z]+)\/([a-z0-9-]+)(?:\.test)?\.ts$/.exec(path) ?? [];
  const kind = kinds[folder];
  return kind === undefined ? undefined : { kind, name: file.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) };
}

/** `why:` of the opening comment, which may run over several lines. */
export function headWhy(text: string): string | undefined {
  const head = /^\s*\/\*\*([\s\S]*?)\*\//.exec(text)?.[1];
  const lines = head?.split('\n').map((line) => line.replace(/^\s*\*?\s?/, '').trimEnd()) ?? [];
  const at = lines.findIndex((line) => line.startsWith('why:'));
  if (at < 0) return undefined;
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line === '' || /^[a-z]+:/.test(line));
  return (
    [lines[at]?.slice(4) ?? '', ...rest.slice(0, end < 0 ? rest.length : end)]
      .map((line) => line.trim())
      .join(' ')
      .trim() || undefined
  );
}

/** As one word or several, in the singular or the plural. */
function names(sentence: string, name: string): boolean {
  const words = name
    .replaceAll(/([A-Z])/g, ' $1')
    .toLowerCase()
    .trim();
  const text = sentence.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const stem = words.endsWith('y') ? words.slice(0, -1) : words;
  const at = text.indexOf(stem);
  return at >= 0 && !/[a-z]/.test(text[at - 1] ?? ' ') && /^(?:y|ies|s|es)?(?![a-z])/.test(text.slice(at + stem.length));
}

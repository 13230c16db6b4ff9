/** Shapes that name others, with what the names stand for: looked up in the entity that states them, as its author wrote them. */
import type { EntityContract, Json } from '#kernel';
import { writtenOut } from '#schema';
import type { DeclaredEntity } from './declared.ts';
import type { LinkedFile, Links } from './linked-file.ts';

/** Undefined where something in it cannot be looked up; that is reported. */
export function shapeWritten(file: LinkedFile, shape: Json, start: number, linker: Pick<Links, 'entity'>): Json | undefined {
  let missing = false;
  const made = writtenOut(shape, (ref) => {
    const [entity = '', name = ''] = ref.split('.');
    const found = linker.entity(file, { name: entity, start });
    const named = found?.declaration.shapes.get(name)?.shape;
    missing ||= named === undefined;
    if (found !== undefined && named === undefined)
      file.report(
        start,
        `${entity} has no shape ${name}; ${[...found.declaration.shapes.keys()].join(', ') || `it would stand there as shapes: { ${name}: { ... } }`}`,
      );
    return named;
  });
  if ('problem' in made) file.report(start, made.problem);
  return 'shape' in made && !missing ? made.shape : undefined;
}

export function shapesPart(file: LinkedFile, { shapes }: DeclaredEntity, linker: Pick<Links, 'entity'>): Pick<EntityContract, 'shapes'> {
  if (shapes.size === 0) return {};
  const written = [...shapes].flatMap(([name, { shape, start }]) => {
    const made = shapeWritten(file, shape, start, linker);
    return made === undefined ? [] : [[name, made] as const];
  });
  return { shapes: Object.fromEntries(written) };
}

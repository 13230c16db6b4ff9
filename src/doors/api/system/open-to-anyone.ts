/** Which addresses are open to callers who prove nothing: those of operations that name `anyone`. */
import { anyone } from '#kernel';
import type { SystemModel } from '#model';

export function openToAnyone(model: SystemModel): (method: string, path: string) => boolean {
  const open = model.operations
    .filter((operation) => operation.roles.includes(anyone))
    .map(({ http }) => ({
      method: http.method,
      path: new RegExp(
        `^${http.path
          .split(/\{[^}]*\}/)
          .map(literal)
          .join('[^/]+')}$`,
      ),
    }));
  return (method, path) => open.some((address) => address.method === (method === 'HEAD' ? 'GET' : method) && address.path.test(path));
}
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

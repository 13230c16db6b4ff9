/**
 * What each process is told when it starts, over its channel and never in its environment: each password and key reaches
 * only its process. And the few messages between the supervisor and its children.
 */
import type { Json } from '#kernel';
import type { DatabaseRole } from '#store/server';

export interface Urls {
  readonly owner: string;
  readonly kernel: string;
  readonly data: string;
  readonly workshop: string;
  readonly trial: string;
}
export type { DatabaseRole };

export interface KernelConfiguration {
  readonly process: 'kernel';
  readonly kernelUrl: string;
  readonly dataUrl: string;
  readonly keys: { readonly privateKey: string; readonly publicKey: string };
  readonly workshopPublicKey: string;
  /** The sources to install where the system has no generation yet. */
  readonly install: { readonly [path: string]: string };
  readonly hostName: string;
  readonly port: number;
  readonly operatorKey: string;
  /** Values of secrets from the environment, by name, and the folder that holds the others. */
  readonly secrets: { readonly [name: string]: string };
  readonly dataFolder: string;
  /** Where host code must lie so that an unprivileged user reaches it; null: where it is. */
  readonly reachable: string;
  readonly consoleFolder: string | null;
  readonly sampleData: string | null;
}
export interface ModelsForWorkshop {
  /** `ModelsConfiguration` of the adapter, which this file does not load. */
  readonly configuration: Json;
  /** Values of the variables that the configuration names. */
  readonly keys: { readonly [name: string]: string };
  /** Why nothing of the configuration is used. */
  readonly problem?: string;
}
export interface WorkshopConfiguration {
  readonly process: 'workshop';
  readonly workshopUrl: string;
  readonly trialUrl: string;
  readonly privateKey: string;
  readonly publicKey: string;
  /** A bare git repository that mirrors the sources; null where git is not there or not wanted. */
  readonly history: string | null;
  /** Models that may be called, with their keys: no other process is told them. */
  readonly models: ModelsForWorkshop;
  /** The folder of the organisation's documents; null where there is none. */
  readonly documents: string | null;
}
/** `generation`: null for the product's own tables. `show`: the plain views of it for people, not its data. */
export interface MigrateConfiguration {
  readonly process: 'migrate';
  readonly ownerUrl: string;
  readonly generation: string | null;
  readonly show?: boolean;
}

export type ToChild =
  | { readonly kind: 'configure'; readonly configuration: KernelConfiguration | WorkshopConfiguration | MigrateConfiguration }
  | { readonly kind: 'stop' }
  | { readonly kind: 'migrated'; readonly ask: number; readonly error?: string };
export type FromChild =
  | { readonly kind: 'ready'; readonly url?: string; readonly link?: string }
  | { readonly kind: 'migrate'; readonly ask: number; readonly generation: string }
  | { readonly kind: 'show'; readonly generation: string }
  /** The product's own tables are there, all that the kernel needs; `fresh`: they were not before. */
  | { readonly kind: 'tables'; readonly fresh: boolean }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

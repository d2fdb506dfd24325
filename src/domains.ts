/** THE LIST: every room of the commune, one line each, in the order in which they build on each other. */
import type { Manifest } from '#kernel/manifest';
import { audit } from './domains/audit/domain.ts';
import { commune } from './domains/commune/domain.ts';
import { criteria } from './domains/criteria/domain.ts';
import { farming } from './domains/farming/domain.ts';
import { identity } from './domains/identity/domain.ts';
import { notifications } from './domains/notifications/domain.ts';
import { office } from './domains/office/domain.ts';
import { places } from './domains/places/domain.ts';
import { producers } from './domains/producers/domain.ts';
import { registry } from './domains/registry/domain.ts';
import { services } from './domains/services/domain.ts';
import { trace } from './domains/trace/domain.ts';

export const DOMAINS: readonly Manifest[] = [
  commune,
  places,
  registry,
  notifications,
  identity,
  producers,
  farming,
  services,
  office,
  trace,
  audit,
  criteria,
];

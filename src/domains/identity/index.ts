/** The front door of the identity room: who holds which role, and keys for programs. */
export { actorOfKey, createApiKey, endApiKey, listApiKeys, type ApiKey, type NewApiKey } from './api-key.ts';
export { asRole, grantState, type GrantState, type RoleGrant } from './grant.ts';
export { endRole, grantRole, type NewGrant } from './grant.actions.ts';
export { listGrants, type GrantFilter } from './grant.queries.ts';
export { listStaffAccounts, type StaffAccount } from './staff-account.ts';
export { bindResident, endBinding, type CounterBinding } from './binding.actions.ts';
export { accountsOfResidents, findAccount, ownBinding } from './binding.queries.ts';
export { roleName } from './words.ts';
export { lastSignIns } from './presence.queries.ts';
export { recordSignIn } from './record-sign-in.ts';

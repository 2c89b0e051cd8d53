/** The roles of the house. Modules say which of them hold which of their permissions; a role reaches a subtree or oneself. */
export const ROLES = {
  teacher: { zh: '教师', en: 'Teacher', reach: 'self' },
  clerk: { zh: '学校经办人', en: 'School clerk', reach: 'subtree' },
  principal: { zh: '校（园）长', en: 'Principal', reach: 'subtree' },
  trainer: { zh: '区继教中心', en: 'District trainer', reach: 'subtree' },
  commission: { zh: '教委管理者', en: 'Education commission', reach: 'subtree' },
  expert: { zh: '评审专家', en: 'Expert', reach: 'self' },
  auditor: { zh: '审计员', en: 'Auditor', reach: 'subtree' },
  security: { zh: '安全管理员', en: 'Security administrator', reach: 'subtree' },
  administrator: { zh: '系统管理员', en: 'Administrator', reach: 'subtree' },
} as const satisfies Record<string, { zh: string; en: string; reach: 'self' | 'subtree' }>

export type Role = keyof typeof ROLES

/** Running the system, guarding it and checking on both: no account holds two of them (三员分立). */
const APART: readonly Role[] = ['administrator', 'security', 'auditor']
export const isApart = (role: Role): boolean => APART.includes(role)

/** A permission that a module declares: `training.class.read`, held by these roles. */
export type Permission = { id: string; roles: readonly Role[]; zh: string; en: string }

/** The permissions of all modules; filled once by the composition root. */
export class Permissions {
  readonly all: readonly Permission[]
  readonly #holders: Map<string, Set<Role>>
  constructor(all: readonly Permission[]) {
    this.all = all
    this.#holders = new Map(all.map((permission) => [permission.id, new Set(permission.roles)]))
    if (this.#holders.size !== all.length) throw new Error('a permission is declared twice')
  }
  knows(id: string): boolean {
    return this.#holders.has(id)
  }
  holds(role: Role, id: string): boolean {
    return this.#holders.get(id)?.has(role) ?? false
  }
  /** All permissions that any of these roles holds. */
  of(roles: readonly Role[]): string[] {
    return this.all.filter((permission) => permission.roles.some((role) => roles.includes(role))).map(({ id }) => id)
  }
}

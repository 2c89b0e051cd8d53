/** The form of the register: what people see, what the contract says, what it may learn, and its addresses. */
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Form, Input, Radio, Select } from 'antd'
import { useWords } from '../../../ui/i18n.tsx'
import { FormPage } from '../../../ui/office/FormPage.tsx'
import type { Platform } from '../contract.ts'
import { CATEGORIES, COLOURS, useSso } from './platforms.ts'

const ROLES = [
  'teacher',
  'clerk',
  'principal',
  'trainer',
  'commission',
  'expert',
  'security',
  'auditor',
  'administrator',
]

export type Entered = Pick<
  Platform,
  | 'ownerLogin'
  | 'name'
  | 'nameEn'
  | 'about'
  | 'icon'
  | 'colour'
  | 'category'
  | 'operator'
  | 'purpose'
  | 'basis'
  | 'basisText'
  | 'contractFrom'
  | 'contractUntil'
  | 'roles'
  | 'startUrl'
  | 'redirectUris'
  | 'signOutUris'
  | 'logoutUri'
  | 'scopes'
  | 'pairwise'
  | 'pkce'
  | 'offline'
>
type Values = Omit<Entered, 'redirectUris' | 'signOutUris'> & {
  redirectUris: string
  signOutUris: string
  confidential: boolean
}

const lines = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter((line) => line !== '')
const orNull = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null)

export function PlatformForm({
  initial,
  fresh,
  submit,
  onSubmit,
  onCancel,
}: {
  initial?: Platform
  fresh?: boolean
  submit: string
  onSubmit: (entered: Entered & { confidential: boolean }) => Promise<unknown>
  onCancel: () => void
}) {
  const t = useWords('sso')
  const access = useWords('access')
  const sso = useSso()
  const offered = useQuery({ queryKey: ['sso', 'offered'], queryFn: () => sso.offered() })
  const [form] = Form.useForm<Values>()
  const pairwise = Form.useWatch('pairwise', form)
  const basis = Form.useWatch('basis', form)
  const send = ({ redirectUris, signOutUris, ...values }: Values) =>
    onSubmit({
      ...values,
      nameEn: orNull(values.nameEn),
      startUrl: orNull(values.startUrl),
      logoutUri: orNull(values.logoutUri),
      basisText: values.basisText ?? '',
      about: values.about ?? '',
      icon: values.icon ?? '',
      contractFrom: orNull(values.contractFrom),
      contractUntil: orNull(values.contractUntil),
      redirectUris: lines(redirectUris),
      signOutUris: lines(signOutUris),
    })
  const values: Partial<Values> = initial
    ? {
        ...initial,
        redirectUris: initial.redirectUris.join('\n'),
        signOutUris: initial.signOutUris.join('\n'),
      }
    : {
        colour: 'qing',
        category: 'teaching',
        basis: 'consent',
        scopes: ['profile'],
        roles: [],
        pairwise: true,
        pkce: true,
        offline: false,
        confidential: true,
      }
  return (
    <FormPage<Values> form={form} initial={values} submit={submit} onSubmit={send} onCancel={onCancel}>
      <h2>{t('form.face')}</h2>
      <Form.Item name="name" label={t('platform.name')} rules={[{ required: true }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('platform.name_en')}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="about" label={t('platform.about')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="category" label={t('platform.category')} rules={[{ required: true }]}>
        <Select options={CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))} />
      </Form.Item>
      <Form.Item name="icon" label={t('platform.icon')} extra={t('platform.icon_hint')}>
        <Input maxLength={4} style={{ maxWidth: 120 }} />
      </Form.Item>
      <Form.Item name="colour" label={t('platform.colour')}>
        <Select options={COLOURS.map((value) => ({ value, label: t(`colour.${value}`) }))} style={{ maxWidth: 160 }} />
      </Form.Item>
      <h2>{t('form.terms')}</h2>
      <Form.Item name="operator" label={t('platform.operator')} rules={[{ required: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="ownerLogin"
        label={t('platform.owner_login')}
        extra={t('platform.owner_hint')}
        rules={[{ required: true }]}
      >
        <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="purpose"
        label={t('platform.purpose')}
        extra={t('platform.purpose_hint')}
        rules={[{ required: true }]}
      >
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <Form.Item name="basis" label={t('platform.basis')}>
        <Radio.Group options={(['consent', 'duty'] as const).map((value) => ({ value, label: t(`basis.${value}`) }))} />
      </Form.Item>
      {basis === 'duty' && (
        <Form.Item name="basisText" label={t('platform.basis_text')} rules={[{ required: true }]}>
          <Input maxLength={300} />
        </Form.Item>
      )}
      <Form.Item name="contractFrom" label={t('platform.contract_from')}>
        <Input type="date" style={{ maxWidth: 200 }} />
      </Form.Item>
      <Form.Item name="contractUntil" label={t('platform.contract_until')}>
        <Input type="date" style={{ maxWidth: 200 }} />
      </Form.Item>
      <Form.Item name="roles" label={t('platform.roles')} extra={t('platform.roles_hint')}>
        <Select
          mode="multiple"
          options={ROLES.map((value) => ({
            value,
            label: access.has(`role.${value}`) ? access(`role.${value}`) : value,
          }))}
        />
      </Form.Item>
      <h2>{t('form.learns')}</h2>
      <Form.Item name="pairwise" valuePropName="checked" extra={t('platform.pairwise_hint')}>
        <Checkbox>{t('platform.pairwise')}</Checkbox>
      </Form.Item>
      <Form.Item name="scopes" label={t('platform.scopes')}>
        <Checkbox.Group
          options={(offered.data?.scopes ?? []).map(({ scope }) => ({
            value: scope,
            label: t.has(`scope.${scope}`) ? t(`scope.${scope}`) : scope,
            disabled: scope === 'number' && pairwise === true,
          }))}
        />
      </Form.Item>
      <Form.Item name="offline" valuePropName="checked" extra={t('platform.offline_hint')}>
        <Checkbox>{t('platform.offline')}</Checkbox>
      </Form.Item>
      <h2>{t('form.technical')}</h2>
      <Form.Item name="startUrl" label={t('platform.start_url')} extra={t('platform.start_hint')}>
        <Input type="url" maxLength={500} />
      </Form.Item>
      <Form.Item
        name="redirectUris"
        label={t('platform.redirect_uris')}
        extra={t('platform.redirect_hint')}
        rules={[{ required: true }]}
      >
        <Input.TextArea rows={2} spellCheck={false} />
      </Form.Item>
      <Form.Item name="signOutUris" label={t('platform.sign_out_uris')} extra={t('platform.sign_out_hint')}>
        <Input.TextArea rows={2} spellCheck={false} />
      </Form.Item>
      <Form.Item name="logoutUri" label={t('platform.logout_uri')} extra={t('platform.logout_hint')}>
        <Input type="url" maxLength={500} />
      </Form.Item>
      {fresh && (
        <Form.Item name="confidential" valuePropName="checked" extra={t('platform.confidential_hint')}>
          <Checkbox>{t('platform.confidential')}</Checkbox>
        </Form.Item>
      )}
      <Form.Item name="pkce" valuePropName="checked" extra={t('platform.pkce_hint')}>
        <Checkbox>{t('platform.pkce')}</Checkbox>
      </Form.Item>
    </FormPage>
  )
}

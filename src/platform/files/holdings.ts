/** What the file store holds about people. */
import type { Holding } from '../privacy/contract.ts'

export const filesHoldings: readonly Holding[] = [
  {
    id: 'files.file',
    title: { zh: '上传的文件', en: 'Files that were uploaded' },
    kinds: { zh: '文件名称、大小、用途与上传时间', en: 'Name, size, purpose and time of files' },
    purpose: { zh: '作为申报、变更、导入的材料', en: 'As material of applications, changes and imports' },
    basis: 'management',
    clause: '个人信息保护法第十三条第二项',
    retention: { kept: { zh: '与所属事项的档案一并保存', en: 'As long as the matter they belong to' } },
    readers: ['school', 'district', 'reviewers'],
    sensitivity: 'personal',
    tables: [{ table: 'files.file', of: 'account_id', is: 'account' }],
  },
]

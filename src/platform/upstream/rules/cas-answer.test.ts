/** Answers of CAS servers, and what somebody might send in the place of one. */
import { describe, expect, it } from 'vitest'
import { readCasAnswer } from './cas-answer.ts'
import { readXml } from './xml.ts'

const around = (inside: string, head = '') =>
  `${head}<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">\n${inside}\n</cas:serviceResponse>`
const success = (inside: string) => around(`<cas:authenticationSuccess>${inside}</cas:authenticationSuccess>`)

describe('an answer of a CAS', () => {
  it('names the user', () => {
    expect(readCasAnswer(success('<cas:user>zhangsan</cas:user>'))).toEqual({ user: 'zhangsan', attributes: new Map() })
  })
  it('with attributes, comments, another prefix, a declaration, characters of all kinds', () => {
    const answer = `<?xml version="1.0" encoding="UTF-8"?>
      <!-- here --><c:serviceResponse xmlns:c='http://www.yale.edu/tp/cas'><c:authenticationSuccess><c:user>李&amp;&#x738B;&#29579;</c:user>
      <c:attributes><c:name><![CDATA[王<小>]]></c:name><c:amr>pwd</c:amr><c:amr>otp</c:amr><c:empty/></c:attributes></c:authenticationSuccess></c:serviceResponse>`
    expect(readCasAnswer(answer)).toEqual({
      user: '李&王王',
      attributes: new Map([
        ['name', ['王<小>']],
        ['amr', ['pwd', 'otp']],
        ['empty', ['']],
      ]),
    })
  })
  it('says no with its code', () => {
    expect(
      readCasAnswer(
        around(
          '<cas:authenticationFailure code="INVALID_TICKET">Ticket ST-1 not recognized</cas:authenticationFailure>',
        ),
      ),
    ).toEqual({ refused: 'INVALID_TICKET' })
  })

  it.each([
    ['nothing', ''],
    ['a page', '<html><body>Sign in</body></html>'],
    [
      'another namespace',
      '<cas:serviceResponse xmlns:cas="http://evil.example"><cas:authenticationSuccess><cas:user>a</cas:user></cas:authenticationSuccess></cas:serviceResponse>',
    ],
    [
      'no namespace',
      '<serviceResponse><authenticationSuccess><user>a</user></authenticationSuccess></serviceResponse>',
    ],
    ['two users', success('<cas:user>a</cas:user><cas:user>b</cas:user>')],
    ['a user with something in it', success('<cas:user>a<cas:x/>b</cas:user>')],
    ['an empty user', success('<cas:user>  </cas:user>')],
    ['no user', success('')],
    ['a user of another namespace', success('<user xmlns="urn:x">a</user>')],
    [
      'success and failure',
      around(
        '<cas:authenticationSuccess><cas:user>a</cas:user></cas:authenticationSuccess><cas:authenticationFailure/>',
      ),
    ],
    [
      'two successes',
      around('<cas:authenticationSuccess><cas:user>a</cas:user></cas:authenticationSuccess>'.repeat(2)),
    ],
    ['a proxy', success('<cas:user>a</cas:user><cas:proxies><cas:proxy>https://x</cas:proxy></cas:proxies>')],
    [
      'a document type',
      around(
        '<cas:authenticationSuccess><cas:user>a</cas:user></cas:authenticationSuccess>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
      ),
    ],
    ['an entity of its own', success('<cas:user>&e;</cas:user>')],
    ['an instruction', success('<?php x?><cas:user>a</cas:user>')],
    ['something after it', `${success('<cas:user>a</cas:user>')}<x/>`],
    [
      'an element that does not end',
      '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess>',
    ],
    ['elements in each other', success('<cas:user>a</cas:attributes></cas:user>')],
  ])('that is %s is not relied on', (_, source) => {
    expect(readCasAnswer(source)).toHaveProperty('unreadable')
  })
})

describe('the reader', () => {
  it('ends, however deep or long a document is', () => {
    expect(() => readXml('<a>'.repeat(100_000))).toThrow('too deep')
    expect(() => readXml(`<a ${'b="c" '.repeat(50_000)}/>`)).toThrow('twice')
    expect(() => readXml(`<a>${'&amp'.repeat(100_000)}</a>`)).toThrow('reference')
  })
  it.each([
    '<a b=c/>',
    '<a b="<"/>',
    '<a b="1"c="2"/>',
    '<a:b/>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>]]></a>',
    '<a><!-- -- --></a>',
    '<a>\u0000</a>',
    '< a/>',
    '<a>&constructor;</a>',
  ])('refuses %j', (source) => expect(() => readXml(source)).toThrow())
})

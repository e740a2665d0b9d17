import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadSpamAssassin } from '../../datasets/spam-assassin/load-spam-assassin.ts'
import { splitMessage, toSubmissionView } from '../../datasets/submission-view.ts'

const archived = `From list@example.com Mon Jul  1 2002
Return-Path: <a@b.example>
Received: from x by y
X-Spam-Status: Yes
List-Id: <ilug.linux.ie>
Reply-To: ilug@linux.ie
From: Kate <kate@example.com>
To: zzzz@spamassassin.taint.org
Subject: Re: [ILUG] Meeting in 2002
Date: Mon, 1 Jul 2002 10:00:00 +0100

See you there.

-- 
Irish Linux Users' Group: ilug@linux.ie
http://www.linux.ie/mailman/listinfo/ilug
`

test('an archived message becomes what its submission server saw', () => {
  const view = toSubmissionView(archived, 'id')
  const { fields, body } = splitMessage(view)
  assert.deepEqual(fields.map(({ name }) => name).toSorted(), [
    'date',
    'from',
    'in-reply-to',
    'message-id',
    'subject',
    'to'
  ])
  assert.equal(fields.find(({ name }) => name === 'subject')?.value.trim(), 'Re: Meeting in 2022')
  assert.doesNotMatch(view, /taint|zzzz|Irish Linux|Received|X-Spam|From list/u)
  assert.match(body, /See you there/u)
  assert.equal(toSubmissionView(archived, 'id'), view)
})

for (const raw of [
  '',
  '\n',
  ':',
  'Subject: x',
  'no header at all',
  '\r\n\r\n\u0000',
  `Subject: ${'a'.repeat(200_000)}\n\nx`
]) {
  test(`malformed input of ${raw.length} characters is survived`, () => {
    assert.match(toSubmissionView(raw, 'id'), /\r\n\r\n/u)
  })
}

test('the SpamAssassin corpus is whole and carries no trace of its archive', async () => {
  const { mail, provenance } = await loadSpamAssassin()
  assert.equal(provenance.sha256, 'a43d61197fe539af4771149b2ef5f289d3facbe574343208a60ae54d7021d1b1')
  assert.deepEqual([mail.length, mail.filter(({ label }) => label === 'bad').length], [6046, 1896])
  const traces = mail.filter(({ raw }) =>
    /^(received|x-spam[\w-]*|list-[\w-]+|delivered-to|x-mailman[\w-]*):/imu.test(
      raw.slice(0, raw.indexOf('\r\n\r\n'))
    )
  )
  assert.deepEqual(
    traces.map(({ id }) => id),
    []
  )
})

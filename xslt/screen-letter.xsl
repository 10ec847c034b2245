<?xml version="1.0" encoding="UTF-8"?>
<!-- The screens of letters: a referral on its way, what came in, and who asks
     for help. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:p="urn:ihala:page:1"
    xmlns:l="urn:ihala:listing:1" xmlns:c="urn:ihala:case:1"
    xmlns:m="urn:ihala:mechanism:1" xmlns:k="urn:ihala:consent:1"
    xmlns:w="urn:ihala:lifecycle:1" xmlns:o="urn:ihala:look:1"
    xmlns:a="urn:ihala:answers:1" xmlns:v="urn:ihala:view:1"
    xmlns:j="urn:ihala:assessment:1"
    exclude-result-prefixes="ih p l c m k w o a v j">

  <!-- ==== a referral: to whom -->
  <xsl:template match="p:page[@screen = 'refer']" mode="main">
    <xsl:call-template name="case-head"/>
    <h2><xsl:value-of select="ih:word('screen.refer', '')"/></h2>
    <xsl:call-template name="refer-steps"><xsl:with-param name="at" select="1"/></xsl:call-template>
    <xsl:if test="p:failure">
      <p><a class="button" href="/case/{$code}/consent"><xsl:value-of select="ih:word('screen.refer.consent', '')"/></a></p>
    </xsl:if>
    <xsl:if test="$record/c:referral">
      <h3><xsl:value-of select="ih:word('copy.referrals', '')"/></h3>
      <ul class="entries">
        <xsl:for-each select="$record/c:referral">
          <li>
            <xsl:call-template name="party"><xsl:with-param name="of" select="string(@to)"/></xsl:call-template>
            <xsl:call-template name="colon"/><xsl:call-template name="state"><xsl:with-param name="axis" select="'referral'"/><xsl:with-param name="state" select="string(@status)"/></xsl:call-template>
            <xsl:call-template name="comma"/><xsl:call-template name="day"><xsl:with-param name="of" select="string(@date)"/></xsl:call-template>
            <xsl:if test="@status = 'draft'"><xsl:text> </xsl:text><a href="/case/{$code}/refer/{@to}"><xsl:value-of select="ih:word('screen.refer.go-on', '')"/></a></xsl:if>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
    <xsl:variable name="axis" select="$view/v:axis[@id = 'referral']"/>
    <xsl:variable name="draft" select="key('data', 'lifecycle')/p:printed/w:lifecycle/w:axis[@id = 'referral']/w:move[@event = 'draft']"/>
    <xsl:choose>
      <xsl:when test="$axis/v:event[@id = 'draft']">
        <form method="post" action="/case/{$code}/refer">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'to'"/>
            <xsl:with-param name="label" select="ih:word('column.to', '')"/>
            <xsl:with-param name="options"><xsl:call-template name="recipients"/></xsl:with-param>
          </xsl:call-template>
          <p class="hint"><xsl:value-of select="ih:word('screen.refer.note', '')"/></p>
          <button><xsl:value-of select="ih:word('screen.refer.draft', '')"/></button>
        </form>
      </xsl:when>
      <xsl:when test="$draft[contains(concat(' ', @from, ' '), concat(' ', $axis/@state, ' '))]">
        <p class="note"><xsl:value-of select="ih:word('screen.refer.who', '')"/><xsl:text> </xsl:text><xsl:call-template name="roles"><xsl:with-param name="of" select="string($draft/@role)"/></xsl:call-template></p>
      </xsl:when>
      <xsl:when test="$axis"><p class="note"><xsl:value-of select="ih:word('screen.refer.under-way', '')"/></p></xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- Roles of the lifecycle, a space between them, each by its name. -->
  <xsl:template name="roles">
    <xsl:param name="of"/>
    <xsl:value-of select="ih:word(concat('role.', substring-before(concat($of, ' '), ' ')), '')"/>
    <xsl:if test="contains($of, ' ')">
      <xsl:call-template name="comma"/>
      <xsl:call-template name="roles"><xsl:with-param name="of" select="substring-after($of, ' ')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Where one is on the way. -->
  <xsl:template name="refer-steps">
    <xsl:param name="at"/>
    <ol class="steps">
      <xsl:call-template name="refer-step"><xsl:with-param name="number" select="1"/><xsl:with-param name="at" select="$at"/></xsl:call-template>
      <xsl:call-template name="refer-step"><xsl:with-param name="number" select="2"/><xsl:with-param name="at" select="$at"/></xsl:call-template>
      <xsl:call-template name="refer-step"><xsl:with-param name="number" select="3"/><xsl:with-param name="at" select="$at"/></xsl:call-template>
      <xsl:call-template name="refer-step"><xsl:with-param name="number" select="4"/><xsl:with-param name="at" select="$at"/></xsl:call-template>
    </ol>
  </xsl:template>
  <xsl:template name="refer-step">
    <xsl:param name="number"/>
    <xsl:param name="at"/>
    <li>
      <xsl:if test="$number = $at"><xsl:attribute name="aria-current">step</xsl:attribute></xsl:if>
      <xsl:value-of select="ih:word(concat('screen.refer.step.', $number), '')"/>
    </li>
  </xsl:template>

  <!-- ==== a referral: what leaves, shown exactly to whoever asks; then the
       file -->
  <xsl:template match="p:page[@screen = 'leaving']" mode="main">
    <xsl:variable name="to" select="string(key('field', 'to')[1])"/>
    <xsl:variable name="leaves" select="p:done/*[1]"/>
    <xsl:variable name="referral" select="$record/c:referral[@to = $to][last()]"/>
    <xsl:variable name="steps" select="$view/v:axis[@id = 'referral']/v:event[@id = 'approve' or @id = 'seal' or @id = 'send']"/>
    <xsl:variable name="is-body" select="boolean(key('data', 'mechanism')/p:printed/m:mechanism/m:body[@id = $to])"/>
    <xsl:call-template name="case-head"/>
    <h2><xsl:value-of select="ih:word('screen.refer', '')"/><xsl:call-template name="colon"/><xsl:call-template name="party"><xsl:with-param name="of" select="$to"/></xsl:call-template></h2>
    <xsl:call-template name="refer-steps"><xsl:with-param name="at"><xsl:choose><xsl:when test="$leaves">4</xsl:when><xsl:otherwise>3</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
    <xsl:choose>
      <xsl:when test="not($referral)"><p><a class="button" href="/case/{$code}/refer"><xsl:value-of select="ih:word('screen.refer.draft', '')"/></a></p></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="leaves"><xsl:with-param name="leaves" select="$leaves"/></xsl:call-template>
        <xsl:choose>
          <xsl:when test="$is-body"><p><xsl:value-of select="ih:word('screen.refer.by-hand', '')"/></p></xsl:when>
          <xsl:when test="p:may[@action = 'exchange'] and $steps[not(@by)]"><xsl:call-template name="seal-form"/></xsl:when>
          <xsl:when test="p:may[@action = 'exchange'] and $steps"><p class="note"><xsl:value-of select="ih:word('screen.refer.another', '')"/></p></xsl:when>
          <xsl:when test="p:may[@action = 'exchange']"><p class="note"><xsl:call-template name="state"><xsl:with-param name="axis" select="'referral'"/><xsl:with-param name="state" select="string($view/v:axis[@id = 'referral']/@state)"/></xsl:call-template></p></xsl:when>
          <xsl:otherwise><p><xsl:value-of select="ih:word('screen.refer.committee', '')"/></p></xsl:otherwise>
        </xsl:choose>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="leaves">
    <xsl:param name="leaves"/>
    <section>
      <h3><xsl:value-of select="ih:word('screen.refer.leaves', '')"/></h3>
      <xsl:choose>
        <xsl:when test="$leaves">
          <p class="hint"><xsl:value-of select="ih:word('screen.refer.exactly', '')"/></p>
          <dl class="known leaves"><xsl:apply-templates select="$leaves/*" mode="leaves"/></dl>
          <details>
            <summary><xsl:value-of select="ih:word('screen.refer.bytes', '')"/></summary>
            <pre class="exact" dir="ltr" tabindex="0"><xsl:apply-templates select="$leaves" mode="exact"/></pre>
          </details>
        </xsl:when>
        <xsl:otherwise>
          <p><xsl:value-of select="ih:word('screen.names.note', '')"/></p>
          <xsl:call-template name="button-form"><xsl:with-param name="action" select="concat('/case/', $code, '/refer/', key('field', 'to')[1], '/show')"/><xsl:with-param name="label" select="ih:word('screen.refer.show', '')"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
      <form method="post" action="/case/{$code}/page">
        <xsl:call-template name="tokens"/>
        <input type="hidden" name="kind" value="referral"/>
        <input type="hidden" name="to" value="{key('field', 'to')[1]}"/>
        <h3><xsl:value-of select="ih:word('screen.refer.read', '')"/></h3>
        <xsl:call-template name="paper-languages"><xsl:with-param name="id" select="'letter'"/></xsl:call-template>
        <div class="row">
          <button class="second"><xsl:value-of select="ih:word('screen.paper.page', '')"/></button>
          <button class="second" formaction="/case/{$code}/pdf"><bdi dir="ltr">PDF</bdi></button>
        </div>
      </form>
    </section>
  </xsl:template>

  <xsl:template name="seal-form">
    <section>
      <h3><xsl:value-of select="ih:word('screen.refer.seal', '')"/></h3>
      <form method="post" action="/case/{$code}/refer/{key('field', 'to')[1]}" enctype="multipart/form-data">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="officer"/>
        <button><xsl:value-of select="ih:word('screen.refer.seal.do', '')"/></button>
      </form>
    </section>
  </xsl:template>

  <!-- The key of a second officer, where one signs beside the office. -->
  <xsl:template name="officer">
    <fieldset class="field">
      <legend><xsl:value-of select="ih:word('screen.officer', '')"/></legend>
      <p class="hint"><xsl:value-of select="ih:word('screen.officer.note', '')"/></p>
      <xsl:call-template name="file-input"><xsl:with-param name="name" select="'key'"/><xsl:with-param name="label" select="ih:word('screen.officer.key', '')"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
      <xsl:call-template name="input"><xsl:with-param name="name" select="'card'"/><xsl:with-param name="label" select="ih:word('screen.officer.token', '')"/><xsl:with-param name="hint" select="ih:isolate('pkcs11:…')"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
      <xsl:call-template name="input"><xsl:with-param name="name" select="'pin'"/><xsl:with-param name="label" select="ih:word('screen.officer.pin', '')"/><xsl:with-param name="type" select="'password'"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
    </fieldset>
  </xsl:template>

  <!-- The same for people: a line for each part; one that nobody has put into
       words is shown as it is. -->
  <xsl:template match="*" mode="leaves">
    <div><dt><bdi dir="ltr"><xsl:value-of select="local-name()"/></bdi></dt>
    <dd><bdi dir="auto"><xsl:for-each select=".//@*[name() != 'xmlns'] | .//text()[normalize-space(.) != '']"><xsl:value-of select="normalize-space(.)"/><xsl:text> </xsl:text></xsl:for-each></bdi></dd></div>
  </xsl:template>
  <xsl:template match="c:identity | a:answers" mode="leaves"><xsl:apply-templates select="*" mode="leaves"/></xsl:template>
  <xsl:template match="c:status | c:referral" mode="leaves"/>
  <xsl:template match="a:interview" mode="leaves">
    <div><dt><xsl:value-of select="ih:word('request.field.held', '')"/></dt><dd><xsl:call-template name="day"><xsl:with-param name="of" select="string(@date)"/></xsl:call-template></dd></div>
  </xsl:template>
  <xsl:template match="a:answer" mode="leaves">
    <xsl:variable name="item" select="@item"/>
    <xsl:variable name="question" select="$view/v:question[@item = $item]"/>
    <xsl:variable name="known" select="concat('screen.identity.', @item)"/>
    <div><dt><xsl:choose>
      <xsl:when test="ih:has-word($known)"><xsl:value-of select="ih:word($known, '')"/></xsl:when>
      <xsl:when test="$question"><xsl:value-of select="$question"/></xsl:when>
      <xsl:otherwise><bdi dir="ltr"><xsl:value-of select="@item"/></bdi></xsl:otherwise>
    </xsl:choose></dt>
    <dd>
      <xsl:if test="@state"><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('copy.state.', @state)"/><xsl:with-param name="of" select="string(@state)"/></xsl:call-template></xsl:if>
      <xsl:for-each select="a:value">
        <xsl:variable name="choice" select="$view/v:choice[@item = $item][@code = current()]"/>
        <xsl:if test="position() &gt; 1"><xsl:call-template name="comma"/></xsl:if>
        <xsl:choose>
          <xsl:when test="$choice"><xsl:value-of select="$choice"/></xsl:when>
          <xsl:otherwise><bdi dir="auto"><xsl:value-of select="."/></bdi></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </dd></div>
  </xsl:template>
  <xsl:template match="j:assessment" mode="leaves">
    <div><dt><xsl:value-of select="ih:word('screen.refer.outcome', '')"/></dt>
    <dd><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('outcome.', j:outcome/@level)"/><xsl:with-param name="of" select="string(j:outcome/@level)"/></xsl:call-template></dd></div>
  </xsl:template>
  <xsl:template match="c:consent" mode="leaves">
    <xsl:variable name="purpose" select="key('data', 'purposes')/p:printed/k:consents/k:purpose[@id = current()/@purpose]"/>
    <div><dt><xsl:choose>
      <xsl:when test="$purpose"><xsl:call-template name="said-here"><xsl:with-param name="of" select="$purpose/k:name"/></xsl:call-template></xsl:when>
      <xsl:when test="@purpose = 'interview'"><xsl:value-of select="ih:word('screen.consent.interview', '')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="ih:word('copy.consents', '')"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="@purpose"/></bdi></xsl:otherwise>
    </xsl:choose></dt>
    <dd><xsl:call-template name="state"><xsl:with-param name="axis" select="'consent'"/><xsl:with-param name="state" select="string(@state)"/></xsl:call-template><xsl:call-template name="comma"/><xsl:call-template name="day"><xsl:with-param name="of" select="string(@date)"/></xsl:call-template></dd></div>
  </xsl:template>

  <!-- A document as it is, element by element. -->
  <xsl:template match="*" mode="exact">
    <xsl:text>&lt;</xsl:text><xsl:value-of select="name()"/>
    <xsl:for-each select="@*"><xsl:value-of select="concat(' ', name(), '=&quot;', ., '&quot;')"/></xsl:for-each>
    <xsl:choose>
      <xsl:when test="node()"><xsl:text>&gt;</xsl:text><xsl:apply-templates mode="exact"/><xsl:value-of select="concat('&lt;/', name(), '&gt;')"/></xsl:when>
      <xsl:otherwise>/&gt;</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== the letters of one case, and what can be sent about it -->
  <xsl:template match="p:page[@screen = 'case-letters']" mode="main">
    <xsl:variable name="letters" select="key('data', 'letters')/p:printed/l:letters/l:letter"/>
    <xsl:call-template name="case-head"/>
    <h2><xsl:value-of select="ih:word('copy.letters', '')"/></h2>
    <!-- what can be said of it: most kinds answer one that came, or follow one that was sent -->
    <xsl:variable name="here" select="$letters[@case = $code or not(@case)]"/>
    <xsl:variable name="gone" select="$here[@direction = 'sent'][@purpose = 'referral' or @purpose = 'transfer']"/>
    <xsl:variable name="came" select="$here[@direction = 'received']"/>
    <xsl:variable name="kinds">
      <xsl:choose>
        <xsl:when test="$view/@origin">
          <xsl:if test="$came[@purpose = 'withdrawal']">reply </xsl:if>
          <xsl:text>information-request </xsl:text>
          <xsl:if test="not($here[@direction = 'sent'][@purpose = 'acceptance' or @purpose = 'decline'])">acceptance decline </xsl:if>
          <xsl:if test="$gone">revocation </xsl:if>
        </xsl:when>
        <xsl:otherwise>
          <xsl:if test="$gone and $record/c:consent[@state = 'withdrawn' or @state = 'refused']">withdrawal </xsl:if>
          <xsl:if test="$came[@purpose = 'information-request']">information information-refusal </xsl:if>
          <xsl:text>transfer </xsl:text>
          <xsl:if test="$gone">revocation </xsl:if>
          <xsl:if test="$view/v:axis[@id = 'file']/@state = 'notify-only'">notification</xsl:if>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:call-template name="letter-list"><xsl:with-param name="letters" select="$letters"/></xsl:call-template>
    <xsl:if test="$record/c:inquiry">
      <h2><xsl:value-of select="ih:word('copy.inquiries', '')"/></h2>
      <ul class="entries">
        <xsl:for-each select="$record/c:inquiry">
          <li>
            <xsl:if test="not(@answered) and @until &lt; substring($page/@now, 1, 10)"><xsl:attribute name="class">is-late</xsl:attribute></xsl:if>
            <xsl:value-of select="ih:word(concat('inquiry.', @asked), '')"/><xsl:call-template name="colon"/>
            <xsl:call-template name="party"><xsl:with-param name="of" select="string(@of)"/></xsl:call-template>
            <xsl:call-template name="comma"/>
            <xsl:choose>
              <xsl:when test="@why"><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('unsaid.', @why)"/><xsl:with-param name="of" select="string(@why)"/></xsl:call-template></xsl:when>
              <xsl:when test="@answered"><xsl:value-of select="ih:word('inquiry.told', '')"/></xsl:when>
              <xsl:otherwise><xsl:value-of select="ih:word('screen.letter.open', '')"/><xsl:text> </xsl:text><xsl:call-template name="day"><xsl:with-param name="of" select="string(@until)"/></xsl:call-template></xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
    <xsl:if test="p:may[@action = 'exchange']">
      <section>
        <h2><xsl:value-of select="ih:word('screen.letter.new', '')"/></h2>
        <form method="post" action="/case/{$code}/letters" enctype="multipart/form-data">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'to'"/>
            <xsl:with-param name="label" select="ih:word('column.to', '')"/>
            <xsl:with-param name="options"><xsl:call-template name="recipients"/></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'as'"/>
            <xsl:with-param name="label" select="ih:word('look.purpose', '')"/>
            <xsl:with-param name="options">
              <xsl:call-template name="coded"><xsl:with-param name="codes" select="normalize-space($kinds)"/><xsl:with-param name="room" select="'screen.send.'"/></xsl:call-template>
            </xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'mode'"/>
            <xsl:with-param name="label" select="ih:word('screen.letter.how', '')"/>
            <xsl:with-param name="empty" select="true()"/>
            <xsl:with-param name="options">
              <optgroup label="{ih:word('screen.send.reply', '')}"><xsl:call-template name="coded"><xsl:with-param name="codes" select="'stopped erased kept'"/><xsl:with-param name="room" select="'screen.reply.'"/></xsl:call-template></optgroup>
              <optgroup label="{ih:word('screen.send.decline', '')}"><xsl:call-template name="coded"><xsl:with-param name="codes" select="'no-capacity not-competent no-service person-declines unsafe'"/><xsl:with-param name="room" select="'decline.'"/></xsl:call-template></optgroup>
              <optgroup label="{ih:word('screen.send.information-refusal', '')}"><xsl:call-template name="coded"><xsl:with-param name="codes" select="'no-consent no-legal-basis not-held confidential unsafe'"/><xsl:with-param name="room" select="'unsaid.'"/></xsl:call-template></optgroup>
            </xsl:with-param>
          </xsl:call-template>
          <fieldset class="field">
            <legend><xsl:value-of select="ih:word('column.category', '')"/></legend>
            <xsl:for-each select="key('data', 'purposes')/p:printed/k:consents/k:category[@id != 'any']">
              <div class="choice"><input type="checkbox" id="f-c-{@id}" name="category" value="{@id}"/><label for="f-c-{@id}"><xsl:call-template name="said-here"><xsl:with-param name="of" select="."/></xsl:call-template></label></div>
            </xsl:for-each>
          </fieldset>
          <xsl:call-template name="date-input"><xsl:with-param name="name" select="'until'"/><xsl:with-param name="label" select="ih:word('screen.letter.until', '')"/></xsl:call-template>
          <xsl:call-template name="officer"/>
          <button><xsl:value-of select="ih:word('screen.refer.seal.do', '')"/></button>
        </form>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="letter-list">
    <xsl:param name="letters"/>
    <xsl:choose>
      <xsl:when test="$letters">
        <table class="cards">
          <thead><tr>
            <th scope="col"><xsl:value-of select="ih:word('look.created', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('look.purpose', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.peer', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.state', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('screen.column.case', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('purpose.receipt', '')"/></th>
          </tr></thead>
          <tbody>
            <xsl:for-each select="$letters">
              <xsl:sort select="@created" order="descending"/>
              <tr>
                <xsl:variable name="waits" select="@direction = 'sent' and @state = 'sealed' and @purpose != 'receipt'"/>
                <xsl:if test="$waits"><xsl:attribute name="class">is-waiting</xsl:attribute></xsl:if>
                <td data-title="{ih:word('look.created', '')}"><xsl:call-template name="day"><xsl:with-param name="of" select="string(@created)"/></xsl:call-template></td>
                <td data-title="{ih:word('look.purpose', '')}"><xsl:value-of select="ih:word(concat('copy.letter.', @direction), '')"/><xsl:call-template name="colon"/><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('purpose.', @purpose)"/><xsl:with-param name="of" select="string(@purpose)"/></xsl:call-template></td>
                <td data-title="{ih:word('column.peer', '')}"><xsl:call-template name="party"><xsl:with-param name="of" select="string(@peer)"/></xsl:call-template></td>
                <td data-title="{ih:word('column.state', '')}"><xsl:call-template name="word-or-code"><xsl:with-param name="key"><xsl:choose><xsl:when test="@direction = 'sent' and @purpose = 'receipt'">screen.letter.state.sent</xsl:when><xsl:otherwise><xsl:value-of select="concat('screen.letter.state.', @state)"/></xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="of" select="string(@state)"/></xsl:call-template></td>
                <td data-title="{ih:word('screen.column.case', '')}"><xsl:if test="@case != ''"><a href="/case/{@case}"><bdi dir="ltr"><xsl:value-of select="@case"/></bdi></a></xsl:if></td>
                <td data-title="{ih:word('purpose.receipt', '')}">
                  <xsl:if test="@direction = 'received' and @purpose != 'receipt' and $page/p:may[@action = 'exchange']">
                    <form method="post" action="/letter/receipt">
                      <xsl:call-template name="tokens"/>
                      <input type="hidden" name="to" value="{@peer}"/>
                      <input type="hidden" name="message" value="{@message}"/>
                      <button class="second"><xsl:value-of select="ih:word('screen.letter.receipt', '')"/></button>
                    </form>
                  </xsl:if>
                </td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </xsl:when>
      <xsl:otherwise><p class="none"><xsl:value-of select="ih:word('screen.none', '')"/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== what came in -->
  <xsl:template match="p:page[@screen = 'letters']" mode="main">
    <xsl:variable name="letters" select="key('data', 'letters')/p:printed/l:letters/l:letter"/>
    <h1><xsl:value-of select="ih:word('screen.title.letters', '')"/></h1>
    <xsl:apply-templates select="p:done/o:look"/>
    <section>
      <h2><xsl:value-of select="ih:word('screen.letter.in', '')"/></h2>
      <form method="post" action="/letter/receive" enctype="multipart/form-data">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="file-input"><xsl:with-param name="name" select="'file'"/><xsl:with-param name="label" select="ih:word('screen.letter.file', '')"/><xsl:with-param name="hint" select="ih:word('screen.letter.file.note', '')"/></xsl:call-template>
        <div class="row">
          <button><xsl:value-of select="ih:word('screen.letter.receive', '')"/></button>
          <button class="second" formaction="/letter/look"><xsl:value-of select="ih:word('screen.letter.look', '')"/></button>
        </div>
      </form>
    </section>
    <xsl:variable name="late" select="$letters[@direction = 'sent'][@state = 'sealed'][@purpose != 'receipt']"/>
    <xsl:if test="$late">
      <section>
        <h2><xsl:value-of select="ih:word('screen.letter.waiting', '')"/></h2>
        <xsl:call-template name="letter-list"><xsl:with-param name="letters" select="$late"/></xsl:call-template>
      </section>
    </xsl:if>
    <section>
      <h2><xsl:value-of select="ih:word('copy.letters', '')"/></h2>
      <xsl:call-template name="letter-list"><xsl:with-param name="letters" select="$letters[not(@direction = 'sent' and @state = 'sealed' and @purpose != 'receipt')]"/></xsl:call-template>
    </section>
  </xsl:template>

  <!-- Each check of a file, and what is in it. -->
  <xsl:template match="o:look">
    <section class="look">
      <h2><xsl:value-of select="ih:word(concat('verdict.', @verdict), '')"/></h2>
      <ol class="checks">
        <xsl:for-each select="o:check">
          <li class="is-{@result}"><span aria-hidden="true"><xsl:choose><xsl:when test="@result = 'passed'">✓</xsl:when><xsl:otherwise>✗</xsl:otherwise></xsl:choose></span><xsl:text> </xsl:text><xsl:value-of select="ih:word(concat('check.', @name), '')"/><xsl:call-template name="colon"/><xsl:value-of select="ih:word(concat('screen.check.', @result), '')"/></li>
        </xsl:for-each>
      </ol>
      <xsl:if test="@from">
        <dl class="known">
          <div><dt><xsl:value-of select="ih:word('look.from', '')"/></dt><dd><xsl:call-template name="party"><xsl:with-param name="of" select="string(@from)"/></xsl:call-template></dd></div>
          <div><dt><xsl:value-of select="ih:word('look.purpose', '')"/></dt><dd><xsl:value-of select="ih:word(concat('purpose.', @purpose), '')"/></dd></div>
          <div><dt><xsl:value-of select="ih:word('look.created', '')"/></dt><dd><xsl:call-template name="day"><xsl:with-param name="of" select="string(@created)"/></xsl:call-template></dd></div>
          <div><dt><xsl:value-of select="ih:word('look.number', '')"/></dt><dd><xsl:value-of select="@sequence"/></dd></div>
          <xsl:for-each select="o:signer"><div><dt><xsl:value-of select="ih:word('look.signed', '')"/></dt><dd><bdi dir="ltr"><xsl:value-of select="@fingerprint"/></bdi></dd></div></xsl:for-each>
        </dl>
      </xsl:if>
      <xsl:for-each select="o:warning"><p class="note"><xsl:value-of select="ih:word(concat('code.', @code), '')"/></p></xsl:for-each>
    </section>
  </xsl:template>

  <!-- ==== who asks for help -->
  <xsl:template match="p:page[@screen = 'requests']" mode="main">
    <xsl:variable name="requests" select="key('data', 'requests')/p:printed/l:requests/l:request"/>
    <h1><xsl:value-of select="ih:word('screen.title.requests', '')"/></h1>
    <p><a class="button" href="/request/new"><xsl:value-of select="ih:word('screen.title.request-new', '')"/></a></p>
    <xsl:apply-templates select="key('data', 'requests')/p:failure"/>
    <xsl:choose>
      <xsl:when test="$requests">
        <table class="cards">
          <thead><tr>
            <th scope="col"><xsl:value-of select="ih:word('column.code', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.danger', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.age', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.channel', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.state', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('screen.column.case', '')"/></th>
          </tr></thead>
          <tbody>
            <xsl:apply-templates select="$requests[@danger = 'yes'][@state = 'received']" mode="request-row"/>
            <xsl:apply-templates select="$requests[not(@danger = 'yes')][@state = 'received']" mode="request-row"/>
            <xsl:apply-templates select="$requests[@state != 'received']" mode="request-row"/>
          </tbody>
        </table>
      </xsl:when>
      <xsl:otherwise><p class="none"><xsl:value-of select="ih:word('screen.none', '')"/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="l:request" mode="request-row">
    <xsl:variable name="channel" select="@channel"/>
    <tr>
      <xsl:if test="@danger = 'yes' and @state = 'received'"><xsl:attribute name="class">is-urgent</xsl:attribute></xsl:if>
      <td data-title="{ih:word('column.code', '')}"><a href="/request/{@code}"><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></a></td>
      <td data-title="{ih:word('column.danger', '')}"><xsl:choose><xsl:when test="@danger = 'yes'"><strong class="mark"><xsl:value-of select="ih:word('request.said.yes', '')"/></strong></xsl:when><xsl:otherwise><xsl:value-of select="ih:word(concat('request.said.', @danger), '')"/></xsl:otherwise></xsl:choose></td>
      <td data-title="{ih:word('column.age', '')}"><xsl:value-of select="ih:say('screen.request.age', '', string(@age))"/></td>
      <td data-title="{ih:word('column.channel', '')}"><xsl:call-template name="said-here"><xsl:with-param name="of" select="key('data', 'lifecycle')/p:printed/w:lifecycle/w:channel[@id = $channel]"/></xsl:call-template></td>
      <td data-title="{ih:word('column.state', '')}"><xsl:value-of select="ih:word(concat('screen.request.state.', @state), '')"/></td>
      <td data-title="{ih:word('screen.column.case', '')}"><xsl:if test="@case != ''"><a href="/case/{@case}"><bdi dir="ltr"><xsl:value-of select="@case"/></bdi></a></xsl:if></td>
    </tr>
  </xsl:template>

  <!-- Safety first; a name is the last thing that is asked for. -->
  <xsl:template match="p:page[@screen = 'request-new']" mode="main">
    <h1><xsl:value-of select="ih:word('screen.title.request-new', '')"/></h1>
    <p class="hint"><xsl:value-of select="ih:word('screen.request.note', '')"/></p>
    <xsl:apply-templates select="p:data/p:failure"/>
    <form method="post" action="/request/new">
      <xsl:call-template name="tokens"/>
      <xsl:call-template name="yes-no-unknown"><xsl:with-param name="name" select="'danger'"/><xsl:with-param name="label" select="ih:word('screen.request.danger', '')"/></xsl:call-template>
      <xsl:call-template name="yes-no-unknown"><xsl:with-param name="name" select="'safe'"/><xsl:with-param name="label" select="ih:word('screen.request.safe', '')"/></xsl:call-template>
      <fieldset class="field">
        <legend><xsl:value-of select="ih:word('request.field.how', '')"/></legend>
        <xsl:call-template name="how-one"><xsl:with-param name="id" select="'phone'"/></xsl:call-template>
        <xsl:call-template name="how-one"><xsl:with-param name="id" select="'message'"/></xsl:call-template>
        <xsl:call-template name="how-one"><xsl:with-param name="id" select="'in-person'"/></xsl:call-template>
        <xsl:call-template name="how-one"><xsl:with-param name="id" select="'through-service'"/></xsl:call-template>
      </fieldset>
      <xsl:call-template name="input"><xsl:with-param name="name" select="'when'"/><xsl:with-param name="label" select="ih:word('request.field.when', '')"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
      <xsl:call-template name="chooser">
        <xsl:with-param name="name" select="'channel'"/>
        <xsl:with-param name="label" select="ih:word('request.field.channel', '')"/>
        <xsl:with-param name="options"><xsl:call-template name="options"><xsl:with-param name="of" select="key('data', 'lifecycle')/p:printed/w:lifecycle/w:channel"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="chooser">
        <xsl:with-param name="name" select="'asks'"/>
        <xsl:with-param name="label" select="ih:word('request.field.asks', '')"/>
        <xsl:with-param name="options"><xsl:call-template name="coded"><xsl:with-param name="codes" select="'person relative professional'"/><xsl:with-param name="room" select="'request.asks.'"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="chooser">
        <xsl:with-param name="name" select="'through'"/>
        <xsl:with-param name="label" select="ih:word('request.field.through', '')"/>
        <xsl:with-param name="empty" select="true()"/>
        <xsl:with-param name="options"><xsl:call-template name="options"><xsl:with-param name="of" select="key('data', 'mechanism')/p:printed/m:mechanism/m:body"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="chooser">
        <xsl:with-param name="name" select="'language'"/>
        <xsl:with-param name="label" select="ih:word('request.field.language', '')"/>
        <xsl:with-param name="empty" select="true()"/>
        <xsl:with-param name="options"><option value="ar" lang="ar">العربية</option><option value="fr" lang="fr">Français</option><option value="en" lang="en">English</option><option value="es" lang="es">Español</option><option value="zgh"><xsl:value-of select="ih:word('document.language.zgh', '')"/></option><option value="bm" lang="bm">Bamanankan</option><option value="wo" lang="wo">Wolof</option><option value="am" lang="am">አማርኛ</option><option value="ti" lang="ti">ትግርኛ</option></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="textarea"><xsl:with-param name="name" select="'about'"/><xsl:with-param name="label" select="ih:word('request.field.about', '')"/><xsl:with-param name="hint" select="ih:word('screen.request.about', '')"/></xsl:call-template>
      <details>
        <summary><xsl:value-of select="ih:word('screen.request.identity', '')"/></summary>
        <xsl:call-template name="input"><xsl:with-param name="name" select="'name'"/><xsl:with-param name="label" select="ih:word('request.field.name', '')"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
        <xsl:call-template name="input"><xsl:with-param name="name" select="'phone'"/><xsl:with-param name="label" select="ih:word('request.field.phone', '')"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
        <xsl:call-template name="input"><xsl:with-param name="name" select="'place'"/><xsl:with-param name="label" select="ih:word('request.field.place', '')"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
      </details>
      <xsl:if test="@training"><input type="hidden" name="training" value="true"/></xsl:if>
      <button><xsl:value-of select="ih:word('screen.request.add', '')"/></button>
    </form>
  </xsl:template>

  <xsl:template name="yes-no-unknown">
    <xsl:param name="name"/>
    <xsl:param name="label"/>
    <fieldset class="field">
      <legend><xsl:value-of select="$label"/></legend>
      <xsl:call-template name="yes-one"><xsl:with-param name="name" select="$name"/><xsl:with-param name="value" select="'yes'"/></xsl:call-template>
      <xsl:call-template name="yes-one"><xsl:with-param name="name" select="$name"/><xsl:with-param name="value" select="'no'"/></xsl:call-template>
      <xsl:call-template name="yes-one"><xsl:with-param name="name" select="$name"/><xsl:with-param name="value" select="'unknown'"/></xsl:call-template>
    </fieldset>
  </xsl:template>
  <xsl:template name="yes-one">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <div class="choice">
      <input type="radio" id="f-{$name}-{$value}" name="{$name}" value="{$value}" required="required"/>
      <label for="f-{$name}-{$value}"><xsl:value-of select="ih:word(concat('request.said.', $value), '')"/></label>
    </div>
  </xsl:template>
  <xsl:template name="how-one">
    <xsl:param name="id"/>
    <div class="choice"><input type="checkbox" id="f-how-{$id}" name="how" value="{$id}"/><label for="f-how-{$id}"><xsl:value-of select="ih:word(concat('copy.contact.', $id), '')"/></label></div>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'request']" mode="main">
    <xsl:variable name="lines" select="(p:done/l:request | key('data', 'request')/p:printed/l:request[not($page/p:done/l:request)])/l:line"/>
    <xsl:variable name="state" select="$lines[@field = 'state']/@value"/>
    <h1><xsl:value-of select="ih:word('screen.title.request', '')"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$code"/></bdi></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <xsl:if test="$lines">
      <xsl:if test="$lines[@field = 'danger']/@value = 'yes'"><div class="urgent"><h2><xsl:value-of select="ih:word('column.danger', '')"/></h2><p><xsl:value-of select="ih:word('request.danger', '')"/></p></div></xsl:if>
      <p><strong>
        <xsl:choose>
          <xsl:when test="$lines[@field = 'contact']/@value = 'yes'"><xsl:value-of select="ih:word('request.safe', '')"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="ih:word('request.unsafe', '')"/></xsl:otherwise>
        </xsl:choose>
      </strong></p>
      <dl class="known"><xsl:apply-templates select="$lines" mode="request-line"/></dl>
      <xsl:if test="$lines[@field = 'origin']"><p><a class="button" href="/intake/{$code}"><xsl:value-of select="ih:word('screen.intake.go', '')"/></a></p></xsl:if>
      <xsl:if test="p:may[@action = 'read-identity'] and not(p:done/l:request)">
        <xsl:call-template name="button-form"><xsl:with-param name="action" select="concat('/request/', $code, '/names')"/><xsl:with-param name="label" select="ih:word('screen.names.show', '')"/></xsl:call-template>
      </xsl:if>
      <xsl:if test="$state = 'received' or $state = 'redirected'"><xsl:call-template name="request-acts"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:if>
    </xsl:if>
  </xsl:template>

  <xsl:template match="l:line" mode="request-line">
    <xsl:variable name="value" select="@value"/>
    <div><dt><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('request.field.', @field)"/><xsl:with-param name="of" select="string(@field)"/></xsl:call-template></dt>
    <dd><xsl:choose>
      <xsl:when test="@field = 'danger' or @field = 'contact'"><xsl:value-of select="ih:word(concat('request.said.', @value), '')"/></xsl:when>
      <xsl:when test="@field = 'asks'"><xsl:value-of select="ih:word(concat('request.asks.', @value), '')"/></xsl:when>
      <xsl:when test="@field = 'origin'"><xsl:value-of select="ih:word(concat('request.origin.', @value), '')"/></xsl:when>
      <xsl:when test="@field = 'state'"><xsl:value-of select="ih:word(concat('screen.request.state.', @value), '')"/></xsl:when>
      <xsl:when test="@field = 'channel'"><xsl:call-template name="said-here"><xsl:with-param name="of" select="key('data', 'lifecycle')/p:printed/w:lifecycle/w:channel[@id = $value]"/></xsl:call-template></xsl:when>
      <xsl:when test="@field = 'through' or @field = 'redirected'"><xsl:call-template name="party"><xsl:with-param name="of" select="string(@value)"/></xsl:call-template></xsl:when>
      <xsl:when test="@field = 'received'"><xsl:call-template name="day"><xsl:with-param name="of" select="string(@value)"/></xsl:call-template></xsl:when>
      <xsl:when test="@field = 'case'"><a href="/case/{@value}"><bdi dir="ltr"><xsl:value-of select="@value"/></bdi></a></xsl:when>
      <xsl:when test="@field = 'how'"><xsl:call-template name="ways"><xsl:with-param name="of" select="string(@value)"/></xsl:call-template></xsl:when>
      <xsl:when test="@field = 'language'"><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('language.', @value)"/><xsl:with-param name="of" select="string(@value)"/></xsl:call-template></xsl:when>
      <xsl:otherwise><bdi dir="auto"><xsl:value-of select="@value"/></bdi></xsl:otherwise>
    </xsl:choose></dd></div>
  </xsl:template>

  <xsl:template name="ways">
    <xsl:param name="of"/>
    <xsl:variable name="one" select="substring-before(concat($of, ' '), ' ')"/>
    <xsl:if test="$one != ''">
      <xsl:value-of select="ih:word(concat('copy.contact.', $one), '')"/>
      <xsl:if test="contains($of, ' ')"><xsl:call-template name="comma"/></xsl:if>
      <xsl:call-template name="ways"><xsl:with-param name="of" select="substring-after($of, ' ')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- What becomes of it: an interview, another body, somebody who takes it. -->
  <xsl:template name="request-acts">
    <xsl:param name="state"/>
    <xsl:if test="p:may[@action = 'open']">
      <section>
        <h2><xsl:value-of select="ih:word('screen.request.open', '')"/></h2>
        <xsl:variable name="drafts" select="key('data', 'interviews')/p:printed/l:interviews/l:interview[@user = $page/@user]"/>
        <xsl:if test="$drafts">
          <form method="post" action="/request/{$code}/interview" class="line">
            <xsl:call-template name="tokens"/>
            <xsl:call-template name="chooser">
              <xsl:with-param name="name" select="'interview'"/>
              <xsl:with-param name="label" select="ih:word('screen.request.draft', '')"/>
              <xsl:with-param name="options"><xsl:for-each select="$drafts"><option value="{@code}"><xsl:value-of select="@code"/><xsl:text> – </xsl:text><xsl:value-of select="ih:date(substring(@begun, 1, 10), '')"/></option></xsl:for-each></xsl:with-param>
            </xsl:call-template>
            <button class="second"><xsl:value-of select="ih:word('screen.request.open.do', '')"/></button>
          </form>
        </xsl:if>
        <xsl:if test="p:link[@screen = 'interviews']"><p><a class="button" href="{p:link[@screen = 'interviews']/@path}"><xsl:value-of select="ih:word('screen.request.interview', '')"/></a></p></xsl:if>
        <form method="post" action="/request/{$code}/open" enctype="multipart/form-data">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="file-input"><xsl:with-param name="name" select="'file'"/><xsl:with-param name="label" select="ih:word('screen.request.answers', '')"/></xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.request.open.do', '')"/></button>
        </form>
      </section>
    </xsl:if>
    <xsl:if test="$state = 'received'">
      <section>
        <h2><xsl:value-of select="ih:word('screen.request.redirect', '')"/></h2>
        <form method="post" action="/request/{$code}/redirect">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'to'"/>
            <xsl:with-param name="label" select="ih:word('column.to', '')"/>
            <xsl:with-param name="options"><xsl:call-template name="options"><xsl:with-param name="of" select="key('data', 'mechanism')/p:printed/m:mechanism/m:body"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="textarea"><xsl:with-param name="name" select="'reason'"/><xsl:with-param name="label" select="ih:word('column.reason', '')"/></xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.request.redirect.do', '')"/></button>
        </form>
      </section>
    </xsl:if>
    <xsl:variable name="workers" select="key('data', 'users')/p:printed/l:users/l:user[@state = 'active'][contains(@roles, 'screener') or contains(@roles, 'case-worker')]"/>
    <xsl:if test="p:may[@action = 'assign'] and $workers">
      <section>
        <h2><xsl:value-of select="ih:word('screen.case.assign', '')"/></h2>
        <form method="post" action="/request/{$code}/assign" class="line">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'user'"/>
            <xsl:with-param name="label" select="ih:word('column.user', '')"/>
            <xsl:with-param name="options"><xsl:for-each select="$workers"><option value="{@user}"><xsl:value-of select="@user"/></option></xsl:for-each></xsl:with-param>
          </xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.case.assign.do', '')"/></button>
        </form>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- ==== what was held elsewhere, and waits for somebody who vouches for it -->
  <xsl:template match="p:page[@screen = 'intake']" mode="main">
    <xsl:variable name="waiting" select="key('data', 'waiting')/p:printed/l:intake/l:interview"/>
    <h1><xsl:value-of select="ih:word('screen.title.intake', '')"/></h1>
    <p class="hint"><xsl:value-of select="ih:word('screen.intake.note', '')"/></p>
    <xsl:apply-templates select="key('data', 'waiting')/p:failure"/>
    <xsl:choose>
      <xsl:when test="$waiting">
        <table class="cards">
          <thead><tr>
            <th scope="col"><xsl:value-of select="ih:word('column.code', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.danger', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.age', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('request.field.origin', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.like', '')"/></th>
          </tr></thead>
          <tbody><xsl:apply-templates select="$waiting" mode="intake-row"/></tbody>
        </table>
      </xsl:when>
      <xsl:otherwise><p class="none"><xsl:value-of select="ih:word('screen.none', '')"/></p></xsl:otherwise>
    </xsl:choose>
    <section>
      <h2><xsl:value-of select="ih:word('screen.intake.take', '')"/></h2>
      <form method="post" action="/intake" enctype="multipart/form-data">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="chooser">
          <xsl:with-param name="name" select="'way'"/>
          <xsl:with-param name="label" select="ih:word('request.field.origin', '')"/>
          <xsl:with-param name="options"><xsl:call-template name="coded"><xsl:with-param name="codes" select="'page odk paper'"/><xsl:with-param name="room" select="'request.origin.'"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="file-input"><xsl:with-param name="name" select="'file'"/><xsl:with-param name="label" select="ih:word('screen.intake.file', '')"/><xsl:with-param name="hint" select="ih:word('screen.intake.file.note', '')"/></xsl:call-template>
        <button><xsl:value-of select="ih:word('screen.intake.take.do', '')"/></button>
      </form>
    </section>
  </xsl:template>

  <xsl:template match="l:interview" mode="intake-row">
    <tr>
      <xsl:if test="@danger = 'yes'"><xsl:attribute name="class">is-urgent</xsl:attribute></xsl:if>
      <td data-title="{ih:word('column.code', '')}"><xsl:call-template name="intake-link"><xsl:with-param name="to" select="string(@code)"/></xsl:call-template></td>
      <td data-title="{ih:word('column.danger', '')}"><xsl:choose><xsl:when test="@danger = 'yes'"><strong class="mark"><xsl:value-of select="ih:word('request.said.yes', '')"/></strong></xsl:when><xsl:otherwise><xsl:value-of select="ih:word(concat('request.said.', @danger), '')"/></xsl:otherwise></xsl:choose></td>
      <td data-title="{ih:word('column.age', '')}"><xsl:value-of select="ih:say('screen.request.age', '', string(@age))"/></td>
      <td data-title="{ih:word('request.field.origin', '')}"><xsl:value-of select="ih:word(concat('request.origin.', @origin), '')"/></td>
      <td data-title="{ih:word('column.like', '')}"><xsl:if test="@like != ''"><xsl:call-template name="intake-link"><xsl:with-param name="to" select="string(@like)"/></xsl:call-template></xsl:if></td>
    </tr>
  </xsl:template>
  <xsl:template name="intake-link">
    <xsl:param name="to"/>
    <a href="/intake/{$to}"><bdi dir="ltr"><xsl:value-of select="$to"/></bdi></a>
  </xsl:template>

  <!-- By which way it came, and what its answers support; then what becomes of
       it. -->
  <xsl:template match="p:page[@screen = 'intake-one']" mode="main">
    <xsl:variable name="lines" select="key('data', 'one')/p:printed/l:interview/l:line"/>
    <h1><xsl:value-of select="ih:word('screen.title.intake-one', '')"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$code"/></bdi></h1>
    <xsl:apply-templates select="key('data', 'one')/p:failure"/>
    <xsl:if test="p:done/l:differences">
      <section>
        <h2><xsl:value-of select="ih:word('screen.intake.differs', '')"/></h2>
        <ul><xsl:for-each select="p:done/l:differences/l:answer"><li><xsl:value-of select="@question"/></li></xsl:for-each></ul>
      </section>
    </xsl:if>
    <xsl:if test="$lines">
      <xsl:if test="$lines[@field = 'danger']/@value = 'yes'"><div class="urgent"><h2><xsl:value-of select="ih:word('column.danger', '')"/></h2><p><xsl:value-of select="ih:word('request.danger', '')"/></p></div></xsl:if>
      <dl class="known"><xsl:apply-templates select="$lines[@field != 'explained']" mode="intake-line"/></dl>
      <details class="explained">
        <summary><xsl:value-of select="ih:word('screen.part.case-why', '')"/></summary>
        <div class="reasoning">
          <xsl:for-each select="$lines[@field = 'explained']/@value">
            <p class="d{string-length(substring-before(., substring(normalize-space(.), 1, 1))) div 2}"><xsl:value-of select="normalize-space(.)"/></p>
          </xsl:for-each>
        </div>
      </details>
      <xsl:if test="$lines[@field = 'state']/@value = 'received'"><xsl:call-template name="intake-acts"/></xsl:if>
    </xsl:if>
    <p><a href="/intake"><xsl:value-of select="ih:word('screen.back', '')"/></a></p>
  </xsl:template>

  <xsl:template match="l:line" mode="intake-line">
    <div><dt><xsl:value-of select="ih:word(concat('request.field.', @field), '')"/></dt>
    <dd><xsl:choose>
      <xsl:when test="@field = 'danger'"><xsl:value-of select="ih:word(concat('request.said.', @value), '')"/></xsl:when>
      <xsl:when test="@field = 'origin'"><xsl:value-of select="ih:word(concat('request.origin.', @value), '')"/></xsl:when>
      <xsl:when test="@field = 'state'"><xsl:value-of select="ih:word(concat('screen.request.state.', @value), '')"/></xsl:when>
      <xsl:when test="@field = 'like'"><xsl:call-template name="intake-link"><xsl:with-param name="to" select="string(@value)"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="day"><xsl:with-param name="of" select="string(@value)"/></xsl:call-template></xsl:otherwise>
    </xsl:choose></dd></div>
  </xsl:template>

  <!-- Who may give a case to somebody may say that there is one. -->
  <xsl:template name="intake-acts">
    <xsl:if test="p:may[@action = 'read-identity']">
      <section>
        <h2><xsl:value-of select="ih:word('screen.intake.compare', '')"/></h2>
        <form method="post" action="/intake/{$code}/compare" enctype="multipart/form-data">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="file-input"><xsl:with-param name="name" select="'file'"/><xsl:with-param name="label" select="ih:word('screen.intake.compare.file', '')"/><xsl:with-param name="hint" select="ih:word('screen.intake.compare.note', '')"/></xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.intake.compare.do', '')"/></button>
        </form>
      </section>
    </xsl:if>
    <xsl:if test="p:may[@action = 'assign']">
      <section>
        <h2><xsl:value-of select="ih:word('screen.intake.confirm', '')"/></h2>
        <p class="hint"><xsl:value-of select="ih:word('screen.intake.confirm.note', '')"/></p>
        <xsl:call-template name="button-form"><xsl:with-param name="action" select="concat('/intake/', $code, '/confirm')"/><xsl:with-param name="label" select="ih:word('screen.intake.confirm.do', '')"/><xsl:with-param name="class" select="''"/></xsl:call-template>
      </section>
      <section>
        <h2><xsl:value-of select="ih:word('screen.intake.refuse', '')"/></h2>
        <form method="post" action="/intake/{$code}/refuse">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="textarea"><xsl:with-param name="name" select="'reason'"/><xsl:with-param name="label" select="ih:word('column.reason', '')"/></xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.intake.refuse.do', '')"/></button>
        </form>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- The screens of the committee: decisions, providers, summaries. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:p="urn:ihala:page:1"
    xmlns:l="urn:ihala:listing:1" xmlns:c="urn:ihala:case:1"
    xmlns:v="urn:ihala:provider:1" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:t="urn:ihala:tables:1"
    exclude-result-prefixes="ih p l c v s r t">
  <xsl:import href="chart.xsl"/>
  <xsl:import href="isolate.xsl"/>
  <xsl:import href="region-tables.xsl"/>

  <!-- ==== forms of these screens -->

  <xsl:template name="office-word">
    <xsl:param name="key"/>
    <xsl:value-of select="ih:word($key, '')"/>
  </xsl:template>

  <!-- A heading and what is said beneath it. -->
  <xsl:template name="office-heading">
    <xsl:param name="key"/>
    <xsl:param name="id" select="''"/>
    <h2><xsl:if test="$id != ''"><xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute></xsl:if><xsl:value-of select="ih:word($key, '')"/></h2>
    <xsl:variable name="hint" select="concat($key, '.hint')"/>
    <xsl:if test="ih:has-word($hint)"><p class="hint"><xsl:value-of select="ih:word($hint, '')"/></p></xsl:if>
  </xsl:template>

  <!-- A field whose label and hint are the words KEY and KEY.hint. -->
  <xsl:template name="office-typed">
    <xsl:param name="name"/>
    <xsl:param name="key"/>
    <xsl:param name="id" select="$name"/>
    <xsl:param name="type" select="'text'"/>
    <xsl:param name="required" select="true()"/>
    <xsl:param name="value" select="''"/>
    <xsl:param name="autocomplete" select="'off'"/>
    <xsl:call-template name="input">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="id" select="$id"/>
      <xsl:with-param name="label" select="ih:word($key, '')"/>
      <xsl:with-param name="hint"><xsl:if test="ih:has-word(concat($key, '.hint'))"><xsl:value-of select="ih:word(concat($key, '.hint'), '')"/></xsl:if></xsl:with-param>
      <xsl:with-param name="type" select="$type"/>
      <xsl:with-param name="value" select="$value"/>
      <xsl:with-param name="autocomplete" select="$autocomplete"/>
      <xsl:with-param name="required" select="$required"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="office-written">
    <xsl:param name="name"/>
    <xsl:param name="key"/>
    <xsl:param name="least" select="0"/>
    <xsl:call-template name="textarea">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="least" select="$least"/>
      <xsl:with-param name="label" select="ih:word($key, '')"/>
      <xsl:with-param name="hint"><xsl:if test="ih:has-word(concat($key, '.hint'))"><xsl:value-of select="ih:word(concat($key, '.hint'), '')"/></xsl:if></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- One of several codes, a space between them, each with the word
       KEY.code. -->
  <xsl:template name="office-codes">
    <xsl:param name="name"/>
    <xsl:param name="key"/>
    <xsl:param name="codes"/>
    <xsl:param name="empty" select="''"/>
    <div class="field">
      <label for="f-{$name}"><xsl:value-of select="ih:word($key, '')"/></label>
      <select id="f-{$name}" name="{$name}">
        <xsl:if test="$empty != ''"><option value=""><xsl:value-of select="ih:word($empty, '')"/></option></xsl:if>
        <xsl:call-template name="office-code-options">
          <xsl:with-param name="name" select="$name"/>
          <xsl:with-param name="key" select="$key"/>
          <xsl:with-param name="codes" select="concat(normalize-space($codes), ' ')"/>
        </xsl:call-template>
      </select>
    </div>
  </xsl:template>

  <xsl:template name="office-code-options">
    <xsl:param name="name"/>
    <xsl:param name="key"/>
    <xsl:param name="codes"/>
    <xsl:variable name="code" select="substring-before($codes, ' ')"/>
    <xsl:if test="$code != ''">
      <option value="{$code}">
        <xsl:value-of select="ih:word(concat($key, '.', $code), '')"/>
      </option>
      <xsl:call-template name="office-code-options">
        <xsl:with-param name="name" select="$name"/>
        <xsl:with-param name="key" select="$key"/>
        <xsl:with-param name="codes" select="substring-after($codes, ' ')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- A file that goes to ACTION, and a button. -->
  <xsl:template name="office-file-form">
    <xsl:param name="action"/>
    <xsl:param name="name" select="'file'"/>
    <xsl:param name="key" select="'screen.file'"/>
    <xsl:param name="id" select="$name"/>
    <xsl:param name="do"/>
    <form method="post" action="{$action}" enctype="multipart/form-data">
      <xsl:call-template name="tokens"/>
      <xsl:call-template name="office-typed"><xsl:with-param name="name" select="$name"/><xsl:with-param name="id" select="$id"/><xsl:with-param name="key" select="$key"/><xsl:with-param name="type" select="'file'"/></xsl:call-template>
      <button class="second"><xsl:value-of select="ih:word($do, '')"/></button>
    </form>
  </xsl:template>

  <!-- The listing of a reading, without a heading of its own. -->
  <xsl:template match="p:data" mode="listing">
    <xsl:apply-templates select="p:failure | p:said"/>
    <xsl:apply-templates select="p:printed/*"/>
  </xsl:template>

  <xsl:template name="office-date">
    <xsl:param name="day"/>
    <xsl:if test="$day != ''"><bdi><xsl:value-of select="ih:date(substring($day, 1, 10), '')"/></bdi></xsl:if>
  </xsl:template>

  <!-- ==== decisions -->

  <xsl:template match="p:page[@screen = 'determinations']" mode="main">
    <xsl:variable name="rows" select="key('data', 'work')//l:*[@clock = 'first-decision' or @clock = 'determination' or @clock = 'reconsideration']"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <p class="note"><xsl:value-of select="ih:word('screen.decide.support', '')"/></p>
    <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.decide.waiting'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$rows">
        <ul class="rows">
          <xsl:for-each select="$rows">
            <li>
              <a href="/case/{@code}/determination"><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></a>
              <span><xsl:value-of select="@what"/></span>
              <span><xsl:value-of select="@state"/><xsl:text> </xsl:text><xsl:call-template name="office-date"><xsl:with-param name="day" select="@due"/></xsl:call-template></span>
            </li>
          </xsl:for-each>
        </ul>
      </xsl:when>
      <xsl:otherwise><p class="none"><xsl:value-of select="ih:word('screen.decide.waiting.none', '')"/></p></xsl:otherwise>
    </xsl:choose>
    <xsl:variable name="taken" select="key('data', 'cases')//l:case[@determination != 'none']"/>
    <xsl:if test="$taken">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.decide.taken'"/></xsl:call-template>
      <ul class="rows">
        <xsl:for-each select="$taken">
          <li>
            <a href="/case/{@code}/determination"><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></a>
            <span><xsl:value-of select="ih:word(concat('document.determination.', @determination), '')"/></span>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'determination']" mode="main">
    <xsl:variable name="code" select="key('field', 'code')[1]"/>
    <xsl:variable name="case" select="key('data', 'facts')/p:printed/c:case"/>
    <xsl:variable name="state" select="$case/c:status/@determination"/>
    <xsl:variable name="choices" select="key('data', 'choices')/p:printed/l:choices/l:choice"/>
    <xsl:variable name="entries" select="$case/c:determination | $case/c:proposed | $case/c:served | $case/c:reconsideration"/>
    <xsl:variable name="last" select="$case/c:determination[last()]"/>
    <xsl:variable name="open" select="$case/c:proposed[last()][@number &gt; sum($last/@number)]"/>
    <xsl:variable name="served" select="$case/c:served[@number &gt; sum($last/@number)]"/>
    <xsl:variable name="write" select="boolean(p:may[@action = 'write'])"/>
    <!-- the committee's; and who may hand it over -->
    <xsl:variable name="decide" select="$write and p:may[@action = 'trust']"/>
    <xsl:variable name="hand" select="$decide or ($write and p:may[@action = 'break-glass'])"/>
    <h1><xsl:apply-templates select="." mode="title"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$code"/></bdi></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <p><a href="/case/{$code}"><xsl:value-of select="ih:word('screen.decide.case', '')"/></a></p>
    <xsl:if test="$case">
      <dl class="facts">
        <dt><xsl:value-of select="ih:word('screen.decide.state', '')"/></dt>
        <dd>
          <xsl:choose>
            <xsl:when test="$state = 'none'"><xsl:value-of select="ih:word('screen.decide.state.none', '')"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="ih:word(concat('document.determination.', $state), '')"/></xsl:otherwise>
          </xsl:choose>
        </dd>
      </dl>
      <p class="note"><xsl:value-of select="ih:word('screen.decide.support', '')"/></p>
    </xsl:if>

    <xsl:if test="$entries">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.decide.history'"/></xsl:call-template>
      <ol class="entries"><xsl:apply-templates select="$entries" mode="decided"><xsl:with-param name="choices" select="$choices"/><xsl:with-param name="last" select="$last"/></xsl:apply-templates></ol>
    </xsl:if>

    <xsl:if test="$decide and ($open/@by = $page/@user or (not($open) and $choices[@kind = 'another']))">
      <p class="note"><xsl:value-of select="ih:word('screen.decide.another', '')"/></p>
    </xsl:if>
    <xsl:if test="$open[not(@by = $page/@user)] and $decide">
      <section class="do">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.decide.sign'"/></xsl:call-template>
        <xsl:call-template name="button-form">
          <xsl:with-param name="action" select="concat('/case/', $code, '/sign')"/>
          <xsl:with-param name="label" select="ih:word('screen.decide.sign.do', '')"/>
          <xsl:with-param name="class" select="'first'"/>
        </xsl:call-template>
      </section>
    </xsl:if>
    <xsl:if test="$decide and not($open) and $choices[@kind = 'outcome' or @kind = 'proposal']">
      <xsl:call-template name="office-decide-form"><xsl:with-param name="code" select="$code"/><xsl:with-param name="choices" select="$choices"/></xsl:call-template>
    </xsl:if>
    <xsl:if test="$hand and $last and not($served) and contains(' confirmed not-confirmed upheld ', concat(' ', $state, ' '))">
      <xsl:call-template name="office-serve-form"><xsl:with-param name="code" select="$code"/></xsl:call-template>
    </xsl:if>
    <xsl:if test="$last and contains(' not-confirmed upheld reconsideration-open ', concat(' ', $state, ' '))">
      <xsl:call-template name="office-again-form">
        <xsl:with-param name="code" select="$code"/>
        <xsl:with-param name="write" select="$write and $state = 'not-confirmed'"/>
        <xsl:with-param name="until" select="$served/@until"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="$write and contains(' possible presumed confirmed not-confirmed reconsideration-open ', concat(' ', $state, ' '))">
      <section class="do">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.decide.withdraw'"/></xsl:call-template>
        <xsl:call-template name="button-form">
          <xsl:with-param name="action" select="concat('/case/', $code, '/take-back')"/>
          <xsl:with-param name="label" select="ih:word('screen.decide.withdraw.do', '')"/>
        </xsl:call-template>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- An entry of the record: what, by whom, under which law, and why. -->
  <xsl:template match="c:*" mode="decided">
    <xsl:param name="choices"/>
    <xsl:param name="last"/>
    <li>
      <p>
        <strong><xsl:value-of select="ih:word(concat('decided.kind.', local-name()), '')"/>
          <xsl:if test="@state and not(self::c:served)"><xsl:call-template name="colon"/><xsl:value-of select="ih:word(concat('document.determination.', @state), '')"/></xsl:if>
        </strong>
        <xsl:text> </xsl:text><xsl:call-template name="office-date"><xsl:with-param name="day" select="@date"/></xsl:call-template>
        <xsl:if test="self::c:determination and @number = $last/@number"><xsl:text> </xsl:text><span class="tag"><xsl:value-of select="ih:word('screen.decide.counts', '')"/></span></xsl:if>
        <xsl:if test="self::c:proposed and @number &gt; sum($last/@number)"><xsl:text> </xsl:text><span class="tag"><xsl:value-of select="ih:word('screen.decide.signature', '')"/></span></xsl:if>
      </p>
      <xsl:if test="@how"><p><xsl:value-of select="ih:word(concat('screen.decide.mode.', @how), '')"/></p></xsl:if>
      <xsl:if test="@asked"><p><xsl:value-of select="ih:word(concat('screen.decide.who.', @asked), '')"/></p></xsl:if>
      <xsl:if test="@by">
        <p>
          <xsl:choose>
            <xsl:when test="@second"><xsl:value-of select="ih:say('screen.decide.by-two', '', ih:apart(string(@by)), ih:apart(string(@second)))"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="ih:say('screen.decide.by', '', ih:apart(string(@by)))"/></xsl:otherwise>
          </xsl:choose>
        </p>
      </xsl:if>
      <xsl:if test="@body"><p><xsl:value-of select="$choices[@kind = 'body' and @id = current()/@body]/@name"/></p></xsl:if>
      <xsl:if test="@law"><p><xsl:value-of select="ih:say('screen.decide.law', '', string($choices[@kind = 'law' and @id = current()/@law]/@name), ih:apart(string(@article)))"/></p></xsl:if>
      <xsl:if test="c:grounds"><h3><xsl:value-of select="ih:word('screen.decide.grounds', '')"/></h3><p class="written" dir="auto"><xsl:value-of select="c:grounds"/></p></xsl:if>
      <xsl:if test="c:differs"><h3><xsl:value-of select="ih:word('screen.decide.differs', '')"/></h3><p class="written" dir="auto"><xsl:value-of select="c:differs"/></p></xsl:if>
      <xsl:if test="@until"><p><xsl:value-of select="ih:say('screen.decide.until', '', ih:date(string(@until), ''))"/></p></xsl:if>
    </li>
  </xsl:template>

  <!-- Outcomes that there are from here: one person's, or two's. -->
  <xsl:template name="office-decide-form">
    <xsl:param name="code"/>
    <xsl:param name="choices"/>
    <xsl:variable name="two" select="boolean($choices[@kind = 'proposal'])"/>
    <section class="do">
      <xsl:call-template name="office-heading"><xsl:with-param name="key"><xsl:choose><xsl:when test="$two">screen.decide.propose</xsl:when><xsl:otherwise>screen.decide.new</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
      <form method="post" action="/case/{$code}/determine">
        <xsl:call-template name="tokens"/>
        <fieldset class="field">
          <legend><xsl:value-of select="ih:word('screen.decide.outcome', '')"/></legend>
          <xsl:for-each select="$choices[@kind = 'outcome' or @kind = 'proposal']">
            <div class="choice">
              <input type="radio" name="state" id="f-state-{@id}" value="{@id}" required="required"/>
              <label for="f-state-{@id}"><xsl:value-of select="@name"/></label>
            </div>
          </xsl:for-each>
        </fieldset>
        <xsl:call-template name="office-choice-select"><xsl:with-param name="name" select="'body'"/><xsl:with-param name="choices" select="$choices[@kind = 'body']"/></xsl:call-template>
        <xsl:call-template name="office-choice-select"><xsl:with-param name="name" select="'basis'"/><xsl:with-param name="choices" select="$choices[@kind = 'law']"/></xsl:call-template>
        <xsl:if test="$choices[@kind = 'law' and @article = '']">
          <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'article'"/><xsl:with-param name="key" select="'screen.decide.article'"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
        </xsl:if>
        <xsl:call-template name="office-written"><xsl:with-param name="name" select="'grounds'"/><xsl:with-param name="key" select="'screen.decide.grounds'"/><xsl:with-param name="least" select="10"/></xsl:call-template>
        <xsl:call-template name="office-written"><xsl:with-param name="name" select="'differs'"/><xsl:with-param name="key" select="'screen.decide.differs'"/></xsl:call-template>
        <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'day'"/><xsl:with-param name="key" select="'screen.decide.day'"/><xsl:with-param name="type" select="'date'"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
        <button><xsl:call-template name="office-word"><xsl:with-param name="key"><xsl:choose><xsl:when test="$two">screen.decide.propose.do</xsl:when><xsl:otherwise>screen.decide.do</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></button>
      </form>
    </section>
  </xsl:template>

  <!-- Of a law, its article is part of the choice: "law|article". -->
  <xsl:template name="office-choice-select">
    <xsl:param name="name"/>
    <xsl:param name="choices"/>
    <div class="field">
      <label for="f-{$name}"><xsl:value-of select="ih:word(concat('screen.decide.', $name), '')"/></label>
      <select id="f-{$name}" name="{$name}" required="required">
        <option value=""><xsl:value-of select="ih:word('screen.choose', '')"/></option>
        <xsl:for-each select="$choices">
          <xsl:variable name="value"><xsl:value-of select="@id"/><xsl:if test="@kind = 'law'">|<xsl:value-of select="@article"/></xsl:if></xsl:variable>
          <option value="{$value}">
            <xsl:if test="@article != ''"><xsl:value-of select="ih:apart(string(@article))"/> – </xsl:if>
            <xsl:value-of select="@name"/>
          </option>
        </xsl:for-each>
      </select>
    </div>
  </xsl:template>

  <xsl:template name="office-serve-form">
    <xsl:param name="code"/>
    <section class="do">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.decide.serve'"/></xsl:call-template>
      <form method="post" action="/case/{$code}/hand-over">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="office-codes"><xsl:with-param name="name" select="'mode'"/><xsl:with-param name="key" select="'screen.decide.mode'"/><xsl:with-param name="codes" select="'in-person post advocate service'"/></xsl:call-template>
        <div class="field">
          <label for="f-language"><xsl:value-of select="ih:word('screen.decide.language', '')"/></label>
          <select id="f-language" name="language">
            <option value="ar" lang="ar">العربية</option>
            <option value="fr" lang="fr">Français</option>
            <option value="en" lang="en">English</option>
            <option value="tzm" lang="zgh">ⵜⴰⵎⴰⵣⵉⵖⵜ</option>
            <option value="am" lang="am">አማርኛ</option>
            <option value="ti" lang="ti">ትግርኛ</option>
          </select>
        </div>
        <xsl:call-template name="office-codes"><xsl:with-param name="name" select="'with'"/><xsl:with-param name="key" select="'screen.decide.with'"/><xsl:with-param name="codes" select="'interpreter guardian witness'"/><xsl:with-param name="empty" select="'screen.decide.with.nobody'"/></xsl:call-template>
        <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'day'"/><xsl:with-param name="id" select="'served'"/><xsl:with-param name="key" select="'screen.decide.served-day'"/><xsl:with-param name="type" select="'date'"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
        <button><xsl:value-of select="ih:word('screen.decide.serve.do', '')"/></button>
      </form>
    </section>
  </xsl:template>

  <xsl:template name="office-again-form">
    <xsl:param name="code"/>
    <xsl:param name="write"/>
    <xsl:param name="until"/>
    <section class="do">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.decide.again'"/></xsl:call-template>
      <p><xsl:value-of select="ih:word('screen.decide.again.how', '')"/></p>
      <xsl:if test="$until != ''"><p><xsl:value-of select="ih:say('screen.decide.again.until', '', ih:date(string($until), ''))"/></p></xsl:if>
      <xsl:if test="$write">
        <form method="post" action="/case/{$code}/ask-again">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="office-codes"><xsl:with-param name="name" select="'who'"/><xsl:with-param name="key" select="'screen.decide.who'"/><xsl:with-param name="codes" select="'person advocate provider'"/></xsl:call-template>
          <xsl:call-template name="office-written"><xsl:with-param name="name" select="'reason'"/><xsl:with-param name="key" select="'screen.decide.reason'"/></xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.decide.again.do', '')"/></button>
        </form>
      </xsl:if>
    </section>
  </xsl:template>

  <!-- ==== providers and services -->

  <xsl:template match="p:page[@screen = 'providers']" mode="main">
    <xsl:variable name="enter" select="p:may[@action = 'enter-providers']"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:if test="$enter"><p><a class="button" href="/provider/new"><xsl:value-of select="ih:word('screen.provider.new', '')"/></a></p></xsl:if>
    <xsl:apply-templates select="key('data', 'providers')" mode="listing"/>
    <xsl:if test="$enter">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.provider.load'"/></xsl:call-template>
      <xsl:call-template name="office-file-form"><xsl:with-param name="action" select="'/provider/load'"/><xsl:with-param name="do" select="'screen.provider.load.do'"/></xsl:call-template>
    </xsl:if>
    <xsl:call-template name="button-form"><xsl:with-param name="action" select="'/provider/export'"/><xsl:with-param name="label" select="ih:word('screen.provider.export', '')"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="l:providers/l:provider/@id | l:matches/l:match/@provider" mode="cell">
    <a href="/provider/{.}"><bdi dir="ltr"><xsl:value-of select="."/></bdi></a>
  </xsl:template>
  <xsl:template match="l:services/l:service/@service" mode="cell">
    <a href="/service/{.}"><bdi dir="ltr"><xsl:value-of select="."/></bdi></a>
  </xsl:template>
  <xsl:template match="l:providers/l:provider/@services | l:matches/l:match/@service" mode="cell">
    <xsl:call-template name="office-services"><xsl:with-param name="ids" select="."/></xsl:call-template>
  </xsl:template>
  <xsl:template match="l:providers/l:provider/@languages" mode="cell">
    <xsl:call-template name="office-languages"><xsl:with-param name="codes" select="."/></xsl:call-template>
  </xsl:template>
  <xsl:template match="l:matches/l:match/@why-not" mode="cell">
    <xsl:call-template name="office-unfit"><xsl:with-param name="codes" select="."/></xsl:call-template>
  </xsl:template>

  <!-- Ids with a space between them, each by its name. -->
  <xsl:template name="office-services">
    <xsl:param name="ids"/>
    <xsl:variable name="first" select="substring-before(concat($ids, ' '), ' ')"/>
    <xsl:if test="$first != ''">
      <span class="tag"><xsl:value-of select="key('data', 'services')//l:service[@service = $first]/@name"/></span><xsl:text> </xsl:text>
      <xsl:call-template name="office-services"><xsl:with-param name="ids" select="substring-after($ids, ' ')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="office-languages">
    <xsl:param name="codes"/>
    <xsl:variable name="first" select="substring-before(concat($codes, ' '), ' ')"/>
    <xsl:if test="$first != ''">
      <span class="tag">
        <xsl:choose>
          <xsl:when test="ih:has-word(concat('language.', $first))"><xsl:value-of select="ih:word(concat('language.', $first), '')"/></xsl:when>
          <xsl:otherwise><bdi dir="ltr"><xsl:value-of select="$first"/></bdi></xsl:otherwise>
        </xsl:choose>
      </span><xsl:text> </xsl:text>
      <xsl:call-template name="office-languages"><xsl:with-param name="codes" select="substring-after($codes, ' ')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="office-unfit">
    <xsl:param name="codes"/>
    <xsl:variable name="first" select="substring-before(concat($codes, ' '), ' ')"/>
    <xsl:if test="$first != ''">
      <span class="tag"><xsl:value-of select="ih:word(concat('unfit.', $first), '')"/></span><xsl:text> </xsl:text>
      <xsl:call-template name="office-unfit"><xsl:with-param name="codes" select="substring-after($codes, ' ')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- A row of what is known; what is not is left out. -->
  <xsl:template name="office-fact">
    <xsl:param name="key"/>
    <xsl:param name="value"/>
    <xsl:if test="normalize-space($value) != ''"><dt><xsl:value-of select="ih:word($key, '')"/></dt><dd><xsl:copy-of select="$value"/></dd></xsl:if>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'provider']" mode="main">
    <xsl:variable name="id" select="key('field', 'id')[1]"/>
    <xsl:variable name="one" select="key('data', 'entered')//v:provider"/>
    <xsl:variable name="rows" select="key('data', 'provider')//l:provider/l:service"/>
    <h1>
      <xsl:choose>
        <xsl:when test="$one"><xsl:value-of select="$one/v:name/v:text[@xml:lang = $page/@lang]"/></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="." mode="title"/></xsl:otherwise>
      </xsl:choose>
    </h1>
    <xsl:apply-templates select="key('data', 'provider')/p:failure"/>
    <xsl:if test="$one">
      <dl class="facts">
        <dt><xsl:value-of select="ih:word('screen.provider.id', '')"/></dt><dd><bdi dir="ltr"><xsl:value-of select="$id"/></bdi></dd>
        <xsl:call-template name="office-fact"><xsl:with-param name="key" select="'screen.provider.region'"/><xsl:with-param name="value"><bdi dir="ltr"><xsl:value-of select="$one/@region"/></bdi></xsl:with-param></xsl:call-template>
        <xsl:call-template name="office-fact"><xsl:with-param name="key" select="'screen.provider.accredited'"/><xsl:with-param name="value"><xsl:call-template name="office-date"><xsl:with-param name="day" select="$one/@accredited"/></xsl:call-template></xsl:with-param></xsl:call-template>
        <xsl:call-template name="office-fact"><xsl:with-param name="key" select="'screen.provider.until'"/><xsl:with-param name="value"><xsl:call-template name="office-date"><xsl:with-param name="day" select="$one/@until"/></xsl:call-template></xsl:with-param></xsl:call-template>
        <xsl:call-template name="office-fact"><xsl:with-param name="key" select="'screen.provider.suspended'"/><xsl:with-param name="value"><xsl:call-template name="office-date"><xsl:with-param name="day" select="$one/@suspended"/></xsl:call-template></xsl:with-param></xsl:call-template>
        <xsl:call-template name="office-fact"><xsl:with-param name="key" select="'screen.provider.languages'"/><xsl:with-param name="value"><xsl:call-template name="office-languages"><xsl:with-param name="codes" select="$one/@languages"/></xsl:call-template></xsl:with-param></xsl:call-template>
        <dt><xsl:value-of select="ih:word('screen.provider.public', '')"/></dt>
        <dd>
          <xsl:if test="$one/@female-only = 'yes'"><p><xsl:value-of select="ih:word('screen.provider.female-only', '')"/></p></xsl:if>
          <xsl:if test="not($one/v:public) and not($one/@female-only = 'yes')"><xsl:value-of select="ih:word('screen.provider.everybody', '')"/></xsl:if>
          <xsl:for-each select="$one/v:public"><p><xsl:call-template name="office-public"/></p></xsl:for-each>
        </dd>
        <xsl:call-template name="office-fact"><xsl:with-param name="key" select="'screen.provider.contact'"/><xsl:with-param name="value"><bdi><xsl:value-of select="$one/v:contact"/></bdi></xsl:with-param></xsl:call-template>
      </dl>
      <table class="cards">
        <thead><tr>
          <th scope="col"><xsl:value-of select="ih:word('screen.provider.service', '')"/></th>
          <th scope="col"><xsl:value-of select="ih:word('screen.provider.places', '')"/></th>
          <th scope="col"><xsl:value-of select="ih:word('screen.provider.free', '')"/></th>
          <th scope="col"><xsl:value-of select="ih:word('screen.provider.takes', '')"/></th>
        </tr></thead>
        <tbody>
          <xsl:for-each select="$rows">
            <tr>
              <td data-title="{ih:word('screen.provider.service', '')}"><a href="/service/{@service}"><xsl:value-of select="key('data', 'services')//l:services/l:service[@service = current()/@service]/@name"/></a></td>
              <td data-title="{ih:word('screen.provider.places', '')}"><xsl:value-of select="@places"/></td>
              <td data-title="{ih:word('screen.provider.free', '')}"><xsl:value-of select="@free"/></td>
              <td data-title="{ih:word('screen.provider.takes', '')}"><xsl:value-of select="@takes"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
      <ul class="places">
        <xsl:if test="p:may[@action = 'enter-providers']"><li><a href="/provider/{$id}/change"><xsl:value-of select="ih:word('screen.provider.change', '')"/></a></li></xsl:if>
        <li><a href="/provider/{$id}/check"><xsl:value-of select="ih:word('screen.provider.check', '')"/></a></li>
        <li><a href="/provider"><xsl:value-of select="ih:word('screen.back', '')"/></a></li>
      </ul>
    </xsl:if>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'provider-match']" mode="main">
    <xsl:variable name="code" select="key('field', 'code')[1]"/>
    <h1><xsl:apply-templates select="." mode="title"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$code"/></bdi></h1>
    <xsl:apply-templates select="key('data', 'matches')" mode="listing"/>
    <p><a href="/case/{$code}"><xsl:value-of select="ih:word('screen.decide.case', '')"/></a></p>
  </xsl:template>

  <!-- Of a group: women or men, and of which age. -->
  <xsl:template name="office-public">
    <xsl:if test="@sex != ''">
      <xsl:choose>
        <xsl:when test="ih:has-word(concat('screen.provider.sex.', @sex))"><xsl:value-of select="ih:word(concat('screen.provider.sex.', @sex), '')"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="@sex"/></xsl:otherwise>
      </xsl:choose>
      <xsl:text> </xsl:text>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="@from and @to"><xsl:value-of select="ih:say('screen.provider.ages', '', string(@from), string(@to))"/></xsl:when>
      <xsl:when test="@from"><xsl:value-of select="ih:say('screen.provider.age-from', '', string(@from))"/></xsl:when>
      <xsl:when test="@to"><xsl:value-of select="ih:say('screen.provider.age-to', '', string(@to))"/></xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'provider-new']" mode="main">
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <xsl:call-template name="office-provider-form"/>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'provider-change']" mode="main">
    <h1><xsl:apply-templates select="." mode="title"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="key('field', 'id')[1]"/></bdi></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <xsl:if test="key('data', 'entered')//v:provider">
      <xsl:call-template name="office-provider-form"><xsl:with-param name="was" select="key('data', 'entered')//v:provider"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- One field of a provider, as it was entered. -->
  <xsl:template name="office-provider-field">
    <xsl:param name="name"/>
    <xsl:param name="key" select="concat('screen.provider.', $name)"/>
    <xsl:param name="was"/>
    <xsl:param name="type" select="'text'"/>
    <xsl:param name="required" select="false()"/>
    <xsl:call-template name="office-typed">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="key" select="$key"/>
      <xsl:with-param name="type" select="$type"/>
      <xsl:with-param name="required" select="$required"/>
      <xsl:with-param name="value" select="$was"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="office-provider-form">
    <xsl:param name="was" select="/.."/>
    <form method="post" action="/provider">
      <xsl:call-template name="tokens"/>
      <xsl:choose>
        <xsl:when test="$was"><input type="hidden" name="id" value="{$was/@id}"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="office-provider-field"><xsl:with-param name="name" select="'id'"/><xsl:with-param name="required" select="true()"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="office-provider-field"><xsl:with-param name="name" select="'name-ar'"/><xsl:with-param name="key" select="'screen.provider.name.ar'"/><xsl:with-param name="was" select="$was/v:name/v:text[@xml:lang = 'ar']"/><xsl:with-param name="required" select="true()"/></xsl:call-template>
      <xsl:call-template name="office-provider-field"><xsl:with-param name="name" select="'name-fr'"/><xsl:with-param name="key" select="'screen.provider.name.fr'"/><xsl:with-param name="was" select="$was/v:name/v:text[@xml:lang = 'fr']"/><xsl:with-param name="required" select="true()"/></xsl:call-template>
      <xsl:call-template name="office-provider-field"><xsl:with-param name="name" select="'name-en'"/><xsl:with-param name="key" select="'screen.provider.name.en'"/><xsl:with-param name="was" select="$was/v:name/v:text[@xml:lang = 'en']"/><xsl:with-param name="required" select="true()"/></xsl:call-template>
      <fieldset class="field services">
        <legend><xsl:value-of select="ih:word('screen.provider.services', '')"/></legend>
        <p class="hint"><xsl:value-of select="ih:word('screen.provider.services.hint', '')"/></p>
        <xsl:for-each select="key('data', 'services')//l:services/l:service">
          <xsl:variable name="id" select="@service"/>
          <xsl:variable name="one" select="$was/v:service[@id = $id]"/>
          <div class="service">
            <div class="choice">
              <input type="checkbox" name="service" value="{$id}" id="s-{$id}"><xsl:if test="$one"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input>
              <label for="s-{$id}"><xsl:value-of select="@name"/></label>
            </div>
            <label for="p-{$id}"><xsl:value-of select="ih:word('screen.provider.places', '')"/><span class="unseen"> – <xsl:value-of select="@name"/></span></label>
            <input type="number" autocomplete="off" min="0" max="10000" name="places-{$id}" id="p-{$id}" value="{$one/@places}"/>
            <label for="r-{$id}"><xsl:value-of select="ih:word('screen.provider.free', '')"/><span class="unseen"> – <xsl:value-of select="@name"/></span></label>
            <input type="number" autocomplete="off" min="0" max="10000" name="free-{$id}" id="r-{$id}" value="{$one/@free}"/>
          </div>
        </xsl:for-each>
      </fieldset>
      <xsl:call-template name="office-provider-public"><xsl:with-param name="was" select="$was"/></xsl:call-template>
      <xsl:call-template name="office-provider-field"><xsl:with-param name="name" select="'region'"/><xsl:with-param name="was" select="$was/@region"/></xsl:call-template>
      <xsl:call-template name="office-provider-field"><xsl:with-param name="name" select="'languages'"/><xsl:with-param name="was" select="$was/@languages"/></xsl:call-template>
      <xsl:call-template name="office-provider-field"><xsl:with-param name="name" select="'contact'"/><xsl:with-param name="was" select="$was/v:contact"/></xsl:call-template>
      <xsl:call-template name="office-provider-field"><xsl:with-param name="name" select="'accredited'"/><xsl:with-param name="type" select="'date'"/><xsl:with-param name="was" select="$was/@accredited"/></xsl:call-template>
      <xsl:call-template name="office-provider-field"><xsl:with-param name="name" select="'until'"/><xsl:with-param name="type" select="'date'"/><xsl:with-param name="was" select="$was/@until"/></xsl:call-template>
      <xsl:call-template name="office-provider-field"><xsl:with-param name="name" select="'suspended'"/><xsl:with-param name="type" select="'date'"/><xsl:with-param name="was" select="$was/@suspended"/></xsl:call-template>
      <button><xsl:value-of select="ih:word('screen.provider.save', '')"/></button>
    </form>
  </xsl:template>

  <!-- For whom it is: as many groups as there were, and one more; or as many as
       were sent. -->
  <xsl:template name="office-provider-public">
    <xsl:param name="was"/>
    <fieldset class="field services">
      <legend><xsl:value-of select="ih:word('screen.provider.public', '')"/></legend>
      <div class="choice">
        <input type="checkbox" name="female-only" value="yes" id="f-female-only"><xsl:if test="$was/@female-only = 'yes'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input>
        <label for="f-female-only"><xsl:value-of select="ih:word('screen.provider.female-only', '')"/></label>
      </div>
      <xsl:for-each select="$was/v:public"><xsl:call-template name="office-public-group"><xsl:with-param name="at" select="position()"/><xsl:with-param name="one" select="."/></xsl:call-template></xsl:for-each>
      <xsl:call-template name="office-public-group"><xsl:with-param name="at" select="count($was/v:public) + 1"/></xsl:call-template>
      <xsl:for-each select="$page/p:typed[starts-with(@name, 'sex-')][position() &gt; count($was/v:public) + 1]"><xsl:call-template name="office-public-group"><xsl:with-param name="at" select="position() + count($was/v:public) + 1"/></xsl:call-template></xsl:for-each>
    </fieldset>
  </xsl:template>

  <xsl:template name="office-public-group">
    <xsl:param name="at"/>
    <xsl:param name="one" select="/.."/>
    <div class="service">
      <label for="sex-{$at}"><xsl:value-of select="ih:word('screen.provider.sex', '')"/><span class="unseen"> <xsl:value-of select="$at"/></span></label>
      <select name="sex-{$at}" id="sex-{$at}">
        <option value=""><xsl:value-of select="ih:word('screen.provider.sex.any', '')"/></option>
        <option value="female"><xsl:if test="$one/@sex = 'female'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="ih:word('screen.provider.sex.female', '')"/></option>
        <option value="male"><xsl:if test="$one/@sex = 'male'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="ih:word('screen.provider.sex.male', '')"/></option>
      </select>
      <label for="from-{$at}"><xsl:value-of select="ih:word('screen.provider.from', '')"/><span class="unseen"> <xsl:value-of select="$at"/></span></label>
      <input type="number" autocomplete="off" min="0" max="150" name="from-{$at}" id="from-{$at}" value="{$one/@from}"/>
      <label for="to-{$at}"><xsl:value-of select="ih:word('screen.provider.to', '')"/><span class="unseen"> <xsl:value-of select="$at"/></span></label>
      <input type="number" autocomplete="off" min="0" max="150" name="to-{$at}" id="to-{$at}" value="{$one/@to}"/>
    </div>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'provider-check']" mode="main">
    <xsl:variable name="id" select="key('field', 'id')[1]"/>
    <xsl:variable name="rows" select="key('data', 'standards')//l:answer"/>
    <h1><xsl:apply-templates select="." mode="title"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$id"/></bdi></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <p><a href="/provider/{$id}"><xsl:value-of select="ih:word('screen.back', '')"/></a></p>
    <xsl:choose>
      <xsl:when test="p:may[@action = 'enter-providers'] and $rows">
        <form method="post" action="/provider/{$id}/check">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'day'"/><xsl:with-param name="key" select="'screen.provider.day'"/><xsl:with-param name="type" select="'date'"/></xsl:call-template>
          <xsl:for-each select="$rows">
            <xsl:variable name="row" select="position()"/>
            <xsl:if test="not(preceding-sibling::l:answer[1]/@service = @service)"><h2><xsl:value-of select="key('data', 'services')//l:services/l:service[@service = current()/@service]/@name"/></h2></xsl:if>
            <fieldset class="field">
              <legend><xsl:value-of select="@standard"/></legend>
              <input type="hidden" name="standard" value="{@service} {@id} {$row}"/>
              <xsl:call-template name="office-state-choice"><xsl:with-param name="state" select="'met'"/><xsl:with-param name="row" select="$row"/></xsl:call-template>
              <xsl:call-template name="office-state-choice"><xsl:with-param name="state" select="'not-met'"/><xsl:with-param name="row" select="$row"/></xsl:call-template>
              <xsl:call-template name="office-state-choice"><xsl:with-param name="state" select="'not-seen'"/><xsl:with-param name="row" select="$row"/></xsl:call-template>
              <label for="e-{$row}"><xsl:value-of select="ih:word('screen.provider.evidence', '')"/></label>
              <input type="text" dir="auto" autocomplete="off" id="e-{$row}" name="evidence-{$row}" value="{@evidence}"/>
            </fieldset>
          </xsl:for-each>
          <button><xsl:value-of select="ih:word('screen.provider.check.do', '')"/></button>
        </form>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="key('data', 'standards')" mode="listing"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="l:check/l:answer/@state" mode="cell"><xsl:value-of select="ih:word(concat('screen.provider.standard.', .), '')"/></xsl:template>

  <xsl:template name="office-state-choice">
    <xsl:param name="state"/>
    <xsl:param name="row"/>
    <div class="choice">
      <input type="radio" name="state-{$row}" id="st-{$row}-{$state}" value="{$state}"><xsl:if test="@state = $state"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input>
      <label for="st-{$row}-{$state}"><xsl:value-of select="ih:word(concat('screen.provider.standard.', $state), '')"/></label>
    </div>
  </xsl:template>

  <!-- ==== tables and summaries -->

  <xsl:template match="p:page[@screen = 'summary']" mode="main">
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:done/s:sources" mode="charts"/>
    <xsl:if test="p:may[@action = 'count']">
      <section class="do">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.summary.return'"/></xsl:call-template>
        <form method="post" action="/summary/return">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'period'"/><xsl:with-param name="key" select="'screen.summary.period'"/></xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.summary.return.do', '')"/></button>
        </form>
      </section>
    </xsl:if>
    <section class="do">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.summary.region'"/></xsl:call-template>
      <form method="post" action="/summary/region" enctype="multipart/form-data">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="office-return-file"><xsl:with-param name="name" select="'one'"/><xsl:with-param name="number" select="'1'"/></xsl:call-template>
        <xsl:call-template name="office-return-file"><xsl:with-param name="name" select="'two'"/><xsl:with-param name="number" select="'2'"/></xsl:call-template>
        <xsl:call-template name="office-return-file"><xsl:with-param name="name" select="'three'"/><xsl:with-param name="number" select="'3'"/></xsl:call-template>
        <xsl:call-template name="office-return-file"><xsl:with-param name="name" select="'four'"/><xsl:with-param name="number" select="'4'"/></xsl:call-template>
        <button class="second"><xsl:value-of select="ih:word('screen.summary.region.do', '')"/></button>
      </form>
    </section>
  </xsl:template>

  <xsl:template match="s:sources" mode="charts">
    <!-- Tables are wider than a telephone: they are moved, no word is cut. -->
    <section class="charts" tabindex="0" aria-label="{ih:word('region.title', '')}">
      <h2><xsl:value-of select="ih:word('region.title', '')"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$region/@period"/></bdi></h2>
      <xsl:call-template name="about"/>
      <xsl:call-template name="committees"/>
      <h3><xsl:value-of select="ih:word('region.chart.outcome', '')"/></h3>
      <xsl:call-template name="outcome-chart"/>
      <xsl:call-template name="by-country"><xsl:with-param name="table" select="$region/r:table[@rows = 'outcome'][1]"/></xsl:call-template>
      <h3><xsl:value-of select="ih:word('region.chart.pyramid', '')"/></h3>
      <xsl:call-template name="pyramid"/>
      <xsl:apply-templates select="$region/r:table[@columns = 'age'][1]"/>
      <xsl:for-each select="$region/r:table[@columns != 'age']">
        <h3><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:table[@id = current()/@id]/t:title"/></xsl:call-template></h3>
        <xsl:call-template name="row-chart"><xsl:with-param name="table" select="."/></xsl:call-template>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
    </section>
  </xsl:template>

  <xsl:template name="office-return-file">
    <xsl:param name="name"/>
    <xsl:param name="number"/>
    <xsl:call-template name="input">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="label" select="ih:say('screen.summary.file', '', $number)"/>
      <xsl:with-param name="type" select="'file'"/>
      <xsl:with-param name="required" select="$number = '1'"/>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>

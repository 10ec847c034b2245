<?xml version="1.0" encoding="UTF-8"?>
<!-- The screens of cases: what is known, due, planned and agreed. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:p="urn:ihala:page:1"
    xmlns:l="urn:ihala:listing:1" xmlns:v="urn:ihala:view:1"
    xmlns:y="urn:ihala:copy:1" xmlns:c="urn:ihala:case:1"
    xmlns:a="urn:ihala:answers:1" xmlns:k="urn:ihala:consent:1"
    xmlns:m="urn:ihala:mechanism:1" xmlns:s="urn:ihala:service:1"
    xmlns:w="urn:ihala:lifecycle:1" xmlns:q="urn:ihala:comparison:1"
    exclude-result-prefixes="ih p l v y c a k m s w q">

  <xsl:variable name="view" select="key('data', 'view')/p:printed/v:view"/>
  <xsl:variable name="standing" select="$view/y:copy"/>
  <xsl:variable name="code" select="string(key('field', 'code')[1])"/>
  <xsl:variable name="record" select="$standing/y:record/c:case"/>

  <!-- ==== pieces -->

  <!-- The text of a node for this page: the country's own, else the neutral. -->
  <xsl:template name="said-here">
    <xsl:param name="of"/>
    <xsl:variable name="texts" select="$of/*[local-name() = 'text']"/>
    <xsl:choose>
      <xsl:when test="$texts[@xml:lang = $page/@tongue]"><xsl:value-of select="normalize-space($texts[@xml:lang = $page/@tongue][1])"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="normalize-space($texts[@xml:lang = $page/@lang][1])"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The word of a code, or the code itself, which nobody has named. -->
  <xsl:template name="word-or-code">
    <xsl:param name="key"/>
    <xsl:param name="of"/>
    <xsl:choose>
      <xsl:when test="ih:has-word($key)"><xsl:value-of select="ih:word($key, '')"/></xsl:when>
      <xsl:otherwise><bdi><xsl:value-of select="$of"/></bdi></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- "24 November 2026", and the hour where there is one. -->
  <xsl:template name="day">
    <xsl:param name="of"/>
    <xsl:if test="$of != ''">
      <time datetime="{$of}">
        <xsl:value-of select="ih:date(substring($of, 1, 10), '')"/>
        <xsl:if test="contains($of, 'T')"><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="substring($of, 12, 5)"/> UTC</bdi></xsl:if>
      </time>
    </xsl:if>
  </xsl:template>

  <!-- Where an axis stands, in words. -->
  <xsl:template name="state">
    <xsl:param name="axis"/>
    <xsl:param name="state"/>
    <xsl:variable name="room"><xsl:choose><xsl:when test="$axis = 'determination' or $axis = 'consent'">document.</xsl:when><xsl:otherwise>copy.</xsl:otherwise></xsl:choose></xsl:variable>
    <xsl:choose>
      <xsl:when test="$state = 'none'"><xsl:value-of select="ih:word('copy.state.none', '')"/></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat($room, $axis, '.', $state)"/><xsl:with-param name="of" select="$state"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A committee by its name, a body of the country by its own. -->
  <xsl:template name="party">
    <xsl:param name="of"/>
    <xsl:variable name="body" select="key('data', 'mechanism')/p:printed/m:mechanism/m:body[@id = $of]"/>
    <xsl:choose>
      <xsl:when test="$of = 'any'"><xsl:value-of select="ih:word('screen.party.any', '')"/></xsl:when>
      <xsl:when test="$body"><xsl:call-template name="said-here"><xsl:with-param name="of" select="$body/m:name"/></xsl:call-template></xsl:when>
      <xsl:when test="ih:has-word(concat('screen.country.', $of))"><xsl:value-of select="ih:word(concat('screen.country.', $of), '')"/></xsl:when>
      <xsl:otherwise><bdi dir="ltr"><xsl:value-of select="$of"/></bdi></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="colon"><xsl:value-of select="ih:word('screen.colon', '')"/><xsl:text> </xsl:text></xsl:template>
  <xsl:template name="comma"><xsl:value-of select="ih:word('screen.comma', '')"/><xsl:text> </xsl:text></xsl:template>

  <xsl:template name="version"><xsl:if test="$view"><input type="hidden" class="made" name="version" value="{$view/@version}"/></xsl:if></xsl:template>

  <!-- <option>s of nodes that have an id and texts. -->
  <xsl:template name="options">
    <xsl:param name="of"/>
    <xsl:for-each select="$of">
      <option value="{@id}">
        <xsl:choose>
          <xsl:when test="*[local-name() = 'name']"><xsl:call-template name="said-here"><xsl:with-param name="of" select="*[local-name() = 'name']"/></xsl:call-template></xsl:when>
          <xsl:otherwise><xsl:call-template name="said-here"><xsl:with-param name="of" select="."/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
      </option>
    </xsl:for-each>
  </xsl:template>

  <!-- <option>s of codes that have words: ROOM and each of CODES, spaces
       between. -->
  <xsl:template name="coded">
    <xsl:param name="codes"/>
    <xsl:param name="room"/>
    <xsl:variable name="one" select="substring-before(concat($codes, ' '), ' ')"/>
    <xsl:if test="$one != ''">
      <option value="{$one}">
        <xsl:value-of select="ih:word(concat($room, $one), '')"/>
      </option>
      <xsl:call-template name="coded">
        <xsl:with-param name="codes" select="substring-after($codes, ' ')"/>
        <xsl:with-param name="room" select="$room"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- The committees that are believed, and the bodies of the country. -->
  <xsl:template name="recipients">
    <xsl:for-each select="key('data', 'partners')/p:printed/l:partners/l:partner[@state-code = 'trusted']">
      <option value="{@committee}">
        <xsl:call-template name="party"><xsl:with-param name="of" select="@committee"/></xsl:call-template>
      </option>
    </xsl:for-each>
    <xsl:call-template name="options">
      <xsl:with-param name="of" select="key('data', 'mechanism')/p:printed/m:mechanism/m:body"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A label and a <select>, whose <option>s are OPTIONS. -->
  <xsl:template name="chooser">
    <xsl:param name="name"/>
    <xsl:param name="id" select="$name"/>
    <xsl:param name="label"/>
    <xsl:param name="options"/>
    <xsl:param name="empty" select="false()"/>
    <div class="field">
      <label for="f-{$id}"><xsl:value-of select="$label"/></label>
      <select id="f-{$id}" name="{$name}">
        <xsl:if test="$empty"><option value="">–</option></xsl:if>
        <xsl:copy-of select="$options"/>
      </select>
    </div>
  </xsl:template>

  <xsl:template name="date-input">
    <xsl:param name="name"/>
    <xsl:param name="label"/>
    <xsl:param name="required" select="false()"/>
    <xsl:call-template name="input">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="label" select="$label"/>
      <xsl:with-param name="type" select="'date'"/>
      <xsl:with-param name="required" select="$required"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="file-input">
    <xsl:param name="name"/>
    <xsl:param name="label"/>
    <xsl:param name="hint" select="''"/>
    <xsl:param name="required" select="true()"/>
    <xsl:call-template name="input">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="label" select="$label"/>
      <xsl:with-param name="hint" select="$hint"/>
      <xsl:with-param name="type" select="'file'"/>
      <xsl:with-param name="required" select="$required"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== what is to be done -->
  <xsl:template match="p:page[@screen = 'work']" mode="main">
    <xsl:variable name="steps" select="key('data', 'work')/p:printed/l:work/l:step"/>
    <h1><xsl:value-of select="ih:word('screen.work', '')"/></h1>
    <form method="get" action="/work" class="filters">
      <fieldset>
        <legend><xsl:value-of select="ih:word('screen.work.show', '')"/></legend>
        <xsl:call-template name="filter"><xsl:with-param name="name" select="'mine'"/></xsl:call-template>
        <xsl:call-template name="filter"><xsl:with-param name="name" select="'overdue'"/></xsl:call-template>
        <xsl:call-template name="filter"><xsl:with-param name="name" select="'week'"/></xsl:call-template>
        <xsl:call-template name="filter"><xsl:with-param name="name" select="'awaiting'"/></xsl:call-template>
        <button class="second"><xsl:value-of select="ih:word('screen.work.filter', '')"/></button>
      </fieldset>
    </form>
    <xsl:apply-templates select="key('data', 'work')/p:failure | key('data', 'work')/p:said"/>
    <xsl:choose>
      <xsl:when test="$steps">
        <table class="cards">
          <thead><tr>
            <th scope="col"><xsl:value-of select="ih:word('column.step', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('screen.column.case', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.due', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('screen.work.left', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.who', '')"/></th>
          </tr></thead>
          <tbody><xsl:apply-templates select="$steps[@urgent-code = 'yes']" mode="step"/><xsl:apply-templates select="$steps[not(@urgent-code = 'yes')]" mode="step"/></tbody>
        </table>
      </xsl:when>
      <xsl:otherwise><p class="none"><xsl:value-of select="ih:word('screen.none', '')"/></p></xsl:otherwise>
    </xsl:choose>
    <form method="post" action="/work/calendar">
      <xsl:call-template name="tokens"/>
      <xsl:if test="key('field', 'mine') != ''"><input type="hidden" name="mine" value="yes"/></xsl:if>
      <button class="second"><xsl:value-of select="ih:word('screen.work.calendar', '')"/></button>
    </form>
  </xsl:template>

  <xsl:template name="filter">
    <xsl:param name="name"/>
    <div class="choice">
      <input type="checkbox" id="f-{$name}" name="{$name}" value="yes">
        <xsl:if test="key('field', $name) != ''"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
      </input>
      <label for="f-{$name}"><xsl:value-of select="ih:word(concat('screen.work.', $name), '')"/></label>
    </div>
  </xsl:template>

  <xsl:template match="l:step" mode="step">
    <tr>
      <xsl:choose>
        <xsl:when test="@urgent-code = 'yes'"><xsl:attribute name="class">is-urgent</xsl:attribute></xsl:when>
        <xsl:when test="@state-code = 'overdue'"><xsl:attribute name="class">is-late</xsl:attribute></xsl:when>
      </xsl:choose>
      <td data-title="{ih:word('column.step', '')}">
        <span><xsl:if test="@urgent-code = 'yes'"><strong class="mark"><xsl:value-of select="ih:word('column.urgent', '')"/></strong><xsl:text> </xsl:text></xsl:if>
        <xsl:value-of select="@what"/></span>
      </td>
      <td data-title="{ih:word('screen.column.case', '')}"><a href="/{@about-code}/{@code}"><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></a></td>
      <td data-title="{ih:word('column.due', '')}"><xsl:call-template name="day"><xsl:with-param name="of" select="string(@due)"/></xsl:call-template></td>
      <td data-title="{ih:word('screen.work.left', '')}">
        <xsl:choose>
          <xsl:when test="@days = ''"><xsl:value-of select="@state"/></xsl:when>
          <xsl:when test="@state-code = 'overdue'"><strong><xsl:value-of select="ih:say('screen.work.late-by', '', translate(@days, '-', ''))"/></strong></xsl:when>
          <xsl:otherwise><xsl:value-of select="ih:say('screen.work.days', '', string(@days))"/></xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@explained-code = 'yes'"><xsl:text> </xsl:text><span class="hint"><xsl:value-of select="ih:word('column.explained', '')"/></span></xsl:if>
      </td>
      <td data-title="{ih:word('column.who', '')}"><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('screen.role.', @role)"/><xsl:with-param name="of" select="string(@role)"/></xsl:call-template></td>
    </tr>
  </xsl:template>

  <!-- ==== the cases -->
  <xsl:template match="p:page[@screen = 'cases']" mode="main">
    <xsl:variable name="cases" select="key('data', 'cases')/p:printed/l:cases/l:case"/>
    <h1><xsl:value-of select="ih:word('screen.title.cases', '')"/></h1>
    <xsl:apply-templates select="key('data', 'cases')/p:failure"/>
    <xsl:choose>
      <xsl:when test="$cases">
        <table class="cards">
          <thead><tr>
            <th scope="col"><xsl:value-of select="ih:word('screen.column.case', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('column.opened', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('copy.axis.file', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('copy.axis.determination', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('copy.axis.referral', '')"/></th>
            <th scope="col"><xsl:value-of select="ih:word('copy.axis.consent', '')"/></th>
          </tr></thead>
          <tbody>
            <xsl:apply-templates select="$cases[@urgent-code = 'yes']" mode="case-row"/>
            <xsl:apply-templates select="$cases[not(@urgent-code = 'yes')]" mode="case-row"/>
          </tbody>
        </table>
      </xsl:when>
      <xsl:otherwise><p class="none"><xsl:value-of select="ih:word('screen.none', '')"/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="l:case" mode="case-row">
    <xsl:variable name="row" select="."/>
    <tr>
      <xsl:if test="@urgent-code = 'yes'"><xsl:attribute name="class">is-urgent</xsl:attribute></xsl:if>
      <td data-title="{ih:word('screen.column.case', '')}">
        <span><a href="/case/{@code}"><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></a>
        <xsl:if test="@urgent-code = 'yes'"><xsl:text> </xsl:text><strong class="mark"><xsl:value-of select="ih:word('column.urgent', '')"/></strong></xsl:if>
        <xsl:if test="@origin != ''"><br/><span class="hint"><xsl:call-template name="party"><xsl:with-param name="of" select="string(@origin)"/></xsl:call-template></span></xsl:if></span>
      </td>
      <td data-title="{ih:word('column.opened', '')}"><xsl:call-template name="day"><xsl:with-param name="of" select="string(@opened)"/></xsl:call-template></td>
      <xsl:for-each select="@file | @determination | @referral | @consent">
        <td data-title="{ih:word(concat('copy.axis.', name()), '')}"><xsl:call-template name="state"><xsl:with-param name="axis" select="name()"/><xsl:with-param name="state" select="string(.)"/></xsl:call-template></td>
      </xsl:for-each>
    </tr>
  </xsl:template>

  <!-- What comes before all else, and where a case is first seen, whom to
       call. -->
  <xsl:template name="case-urgency">
    <xsl:variable name="hotlines" select="key('data', 'calls')//m:hotline"/>
    <xsl:if test="$view/@urgent = 'yes'">
      <div class="urgent">
        <h2><xsl:value-of select="ih:word('column.urgent', '')"/></h2>
        <p><xsl:value-of select="ih:word('screen.case.urgent', '')"/></p>
        <xsl:if test="$hotlines">
          <h3><xsl:value-of select="ih:word('screen.now.call', '')"/></h3>
          <xsl:call-template name="calls"><xsl:with-param name="of" select="$hotlines"/></xsl:call-template>
        </xsl:if>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template name="calls">
    <xsl:param name="of"/>
    <ul class="calls"><xsl:for-each select="$of"><li>
      <a href="tel:{@number}"><bdi dir="ltr"><xsl:value-of select="@number"/></bdi></a><xsl:text> </xsl:text><xsl:call-template name="said-here"><xsl:with-param name="of" select="."/></xsl:call-template>
      <xsl:for-each select="*[local-name() = 'source']/@checked"><span class="hint"><xsl:value-of select="concat(' ', ih:say('screen.now.checked', '', ih:date(string(.), '')))"/></span></xsl:for-each>
    </li></xsl:for-each></ul>
  </xsl:template>

  <!-- ==== one case: what all its pages have -->
  <xsl:template name="case-head">
    <h1><xsl:value-of select="ih:word('screen.title.case', '')"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$code"/></bdi></h1>
    <xsl:call-template name="case-urgency"/>
    <nav class="parts" aria-label="{ih:word('screen.case.parts', '')}">
      <ul>
        <xsl:call-template name="part"><xsl:with-param name="screen" select="'case'"/><xsl:with-param name="path" select="''"/></xsl:call-template>
        <xsl:choose>
          <xsl:when test="$view/@origin"><xsl:call-template name="part"><xsl:with-param name="screen" select="'case-compare'"/><xsl:with-param name="path" select="'/compare'"/></xsl:call-template></xsl:when>
          <xsl:otherwise><xsl:call-template name="part"><xsl:with-param name="screen" select="'case-why'"/><xsl:with-param name="path" select="'/why'"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="part"><xsl:with-param name="screen" select="'case-consent'"/><xsl:with-param name="path" select="'/consent'"/></xsl:call-template>
        <xsl:call-template name="part"><xsl:with-param name="screen" select="'case-plan'"/><xsl:with-param name="path" select="'/plan'"/></xsl:call-template>
        <xsl:call-template name="part"><xsl:with-param name="screen" select="'refer'"/><xsl:with-param name="path" select="'/refer'"/></xsl:call-template>
        <xsl:call-template name="part"><xsl:with-param name="screen" select="'case-letters'"/><xsl:with-param name="path" select="'/letters'"/></xsl:call-template>
        <xsl:call-template name="part"><xsl:with-param name="screen" select="'case-documents'"/><xsl:with-param name="path" select="'/documents'"/></xsl:call-template>
        <xsl:call-template name="part"><xsl:with-param name="screen" select="'case-timeline'"/><xsl:with-param name="path" select="'/timeline'"/></xsl:call-template>
        <xsl:call-template name="part"><xsl:with-param name="screen" select="'case-names'"/><xsl:with-param name="path" select="'/names'"/></xsl:call-template>
      </ul>
    </nav>
    <xsl:apply-templates select="p:data/p:failure"/>
  </xsl:template>

  <xsl:template name="part">
    <xsl:param name="screen"/>
    <xsl:param name="path"/>
    <li><a href="/case/{$code}{$path}">
      <xsl:if test="$page/@screen = $screen"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
      <xsl:value-of select="ih:word(concat('screen.part.', $screen), '')"/>
    </a></li>
  </xsl:template>

  <!-- ==== the case at a glance -->
  <xsl:template match="p:page[@screen = 'case']" mode="main">
    <xsl:call-template name="case-head"/>
    <xsl:if test="not($view) and p:may[@action = 'break-glass']"><xsl:call-template name="break-glass"/></xsl:if>
    <xsl:if test="$view">
      <dl class="known">
        <xsl:for-each select="$view/v:axis">
          <div><dt><xsl:value-of select="ih:word(concat('copy.axis.', @id), '')"/></dt>
          <dd><xsl:call-template name="state"><xsl:with-param name="axis" select="string(@id)"/><xsl:with-param name="state" select="string(@state)"/></xsl:call-template></dd></div>
        </xsl:for-each>
        <div><dt><xsl:value-of select="ih:word('column.opened', '')"/></dt><dd><xsl:call-template name="day"><xsl:with-param name="of" select="string($view/@opened)"/></xsl:call-template></dd></div>
        <xsl:if test="$view/@origin"><div><dt><xsl:value-of select="ih:word('column.origin', '')"/></dt><dd><xsl:call-template name="party"><xsl:with-param name="of" select="string($view/@origin)"/></xsl:call-template><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$view/@their-code"/></bdi></dd></div></xsl:if>
        <div><dt><xsl:value-of select="ih:word('screen.case.given', '')"/></dt>
          <dd><xsl:choose>
            <xsl:when test="$view/v:holder"><xsl:for-each select="$view/v:holder"><xsl:if test="position() &gt; 1"><xsl:call-template name="comma"/></xsl:if><bdi><xsl:value-of select="@user"/></bdi></xsl:for-each></xsl:when>
            <xsl:otherwise><xsl:value-of select="ih:word('screen.case.nobody', '')"/></xsl:otherwise>
          </xsl:choose></dd></div>
        <xsl:if test="$standing/y:kept"><div><dt><xsl:value-of select="ih:word('copy.kept', '')"/></dt><dd><xsl:call-template name="said-here"><xsl:with-param name="of" select="$standing/y:kept"/></xsl:call-template><xsl:text> </xsl:text><xsl:call-template name="day"><xsl:with-param name="of" select="string($standing/y:kept/@until)"/></xsl:call-template></dd></div></xsl:if>
      </dl>
      <xsl:call-template name="clocks"/>
      <xsl:call-template name="moves"/>
      <xsl:if test="p:may[@action = 'assign']"><xsl:call-template name="assignment"/></xsl:if>
      <xsl:call-template name="holding"/>
      <xsl:if test="$view/v:axis[@id = 'determination'][@state = 'not-confirmed']"><xsl:call-template name="reconsideration"/></xsl:if>
      <xsl:if test="p:may[@action = 'write']"><p><a href="/case/{$code}/rectify"><xsl:value-of select="ih:word('screen.title.case-rectify', '')"/></a></p></xsl:if>
    </xsl:if>
  </xsl:template>

  <xsl:template name="clocks">
    <xsl:variable name="clocks" select="key('data', 'clocks')/p:printed/l:clocks/l:clock"/>
    <xsl:if test="$clocks">
      <section>
        <h2><xsl:value-of select="ih:word('copy.clocks', '')"/></h2>
        <ul class="clocks">
          <xsl:for-each select="$clocks">
            <xsl:sort select="@ended != ''"/>
            <xsl:sort select="@due"/>
            <li>
              <xsl:if test="@state-code = 'overdue'"><xsl:attribute name="class">is-late</xsl:attribute></xsl:if>
              <strong><xsl:value-of select="@what"/></strong>
              <xsl:call-template name="colon"/><xsl:value-of select="@state"/><xsl:text> </xsl:text>
              <xsl:call-template name="day"><xsl:with-param name="of" select="string(@due)"/></xsl:call-template>
              <xsl:if test="@state-code = 'overdue' and @explained-code != 'yes' and $page/p:may[@action = 'move']">
                <details><summary><xsl:value-of select="ih:word('screen.case.excuse', '')"/></summary>
                  <form method="post" action="/case/{$code}/excuse">
                    <xsl:call-template name="tokens"/>
                    <input type="hidden" name="clock" value="{@clock}"/>
                    <div class="field"><label for="f-excuse-{position()}"><xsl:value-of select="ih:word('column.reason', '')"/></label><textarea id="f-excuse-{position()}" autocomplete="off" name="reason" dir="auto" rows="3" required="required"></textarea></div>
                    <button class="second"><xsl:value-of select="ih:word('screen.enter', '')"/></button>
                  </form>
                </details>
              </xsl:if>
            </li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- What can be done from here: the referral and its letters have screens of
       their own, so of that axis only what takes it back. -->
  <xsl:template name="moves">
    <xsl:variable name="events" select="$view/v:axis/v:event[../@id != 'referral' or @id = 'revoke' or @id = 'supersede' or @id = 'draft-again'][@id != 'doubt-origin' and @id != 'vouch-origin' or $view/@origin][@id != 'danger' or $view/@urgent = 'no'][@id != 'safe' or $view/@urgent = 'yes']"/>
    <xsl:if test="$events and p:may[@action = 'move']">
      <section class="moves">
        <h2><xsl:value-of select="ih:word('screen.case.moves', '')"/></h2>
        <xsl:for-each select="$view/v:axis">
          <xsl:variable name="here" select="v:event[count(. | $events) = count($events)]"/>
          <xsl:if test="$here">
            <h3><xsl:value-of select="ih:word(concat('copy.axis.', @id), '')"/></h3>
            <div class="row">
              <xsl:for-each select="$here[not(@by)]">
                <form method="post" action="/case/{$code}/move">
                  <xsl:call-template name="tokens"/>
                  <xsl:call-template name="version"/>
                  <input type="hidden" name="axis" value="{../@id}"/>
                  <input type="hidden" name="event" value="{@id}"/>
                  <button class="second"><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('screen.event.', @id)"/><xsl:with-param name="of" select="string(@id)"/></xsl:call-template></button>
                </form>
              </xsl:for-each>
            </div>
            <xsl:if test="$here[@by]">
              <p class="hint"><xsl:value-of select="ih:word('screen.case.by-another', '')"/><xsl:text> </xsl:text>
                <xsl:for-each select="$here[@by]">
                  <xsl:if test="position() &gt; 1"><xsl:call-template name="comma"/></xsl:if>
                  <xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('screen.event.', @id)"/><xsl:with-param name="of" select="string(@id)"/></xsl:call-template>
                </xsl:for-each>
              </p>
            </xsl:if>
          </xsl:if>
        </xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="assignment">
    <xsl:variable name="workers" select="key('data', 'users')/p:printed/l:users/l:user[@state-code = 'active' or @state = 'active'][contains(@roles, 'screener') or contains(@roles, 'case-worker')]"/>
    <section>
      <h2><xsl:value-of select="ih:word('screen.case.assign', '')"/></h2>
      <xsl:if test="$workers">
        <form method="post" action="/case/{$code}/assign" class="line">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'user'"/>
            <xsl:with-param name="label" select="ih:word('column.user', '')"/>
            <xsl:with-param name="options"><xsl:for-each select="$workers"><option value="{@user}"><xsl:value-of select="@user"/></option></xsl:for-each></xsl:with-param>
          </xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.case.assign.do', '')"/></button>
        </form>
      </xsl:if>
      <div class="row">
        <xsl:for-each select="$view/v:holder">
          <form method="post" action="/case/{$code}/unassign">
            <xsl:call-template name="tokens"/>
            <input type="hidden" name="user" value="{@user}"/>
            <button class="second"><xsl:value-of select="ih:say('screen.case.unassign', '', string(@user))"/></button>
          </form>
        </xsl:for-each>
      </div>
    </section>
  </xsl:template>

  <xsl:template name="holding">
    <xsl:if test="$view/@held = 'yes'">
      <section>
        <h2><xsl:value-of select="ih:word('copy.held', '')"/></h2>
        <p><xsl:value-of select="ih:word('screen.case.held', '')"/></p>
        <xsl:if test="p:link[@screen = 'holds'] or p:may[@action = 'audit']">
          <xsl:call-template name="button-form"><xsl:with-param name="action" select="concat('/case/', $code, '/release')"/><xsl:with-param name="label" select="ih:word('screen.case.release', '')"/></xsl:call-template>
        </xsl:if>
      </section>
    </xsl:if>
    <xsl:if test="$view/@held != 'yes' and p:may[@action = 'audit'] and p:may[@action = 'move']">
      <details>
        <summary><xsl:value-of select="ih:word('screen.case.hold', '')"/></summary>
        <form method="post" action="/case/{$code}/hold">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="date-input"><xsl:with-param name="name" select="'until'"/><xsl:with-param name="label" select="ih:word('column.until', '')"/><xsl:with-param name="required" select="true()"/></xsl:call-template>
          <xsl:call-template name="textarea"><xsl:with-param name="name" select="'reason'"/><xsl:with-param name="label" select="ih:word('column.reason', '')"/></xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.case.hold.do', '')"/></button>
        </form>
      </details>
    </xsl:if>
  </xsl:template>

  <xsl:template name="break-glass">
    <section>
      <h2><xsl:value-of select="ih:word('screen.case.break', '')"/></h2>
      <p><xsl:value-of select="ih:word('screen.case.break.note', '')"/></p>
      <form method="post" action="/case/{$code}/break">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="textarea"><xsl:with-param name="name" select="'reason'"/><xsl:with-param name="label" select="ih:word('column.reason', '')"/></xsl:call-template>
        <button><xsl:value-of select="ih:word('screen.case.break.do', '')"/></button>
      </form>
    </section>
  </xsl:template>

  <xsl:template name="reconsideration">
    <section>
      <h2><xsl:value-of select="ih:word('screen.case.reconsider', '')"/></h2>
      <form method="post" action="/case/{$code}/reconsider">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="chooser">
          <xsl:with-param name="name" select="'asked'"/>
          <xsl:with-param name="label" select="ih:word('screen.case.asked-by', '')"/>
          <xsl:with-param name="options"><xsl:call-template name="coded"><xsl:with-param name="codes" select="'person advocate provider'"/><xsl:with-param name="room" select="'copy.asked-by.'"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <div class="field"><label for="f-again"><xsl:value-of select="ih:word('column.reason', '')"/></label><textarea id="f-again" autocomplete="off" name="reason" dir="auto" rows="4"></textarea></div>
        <button class="second"><xsl:value-of select="ih:word('screen.enter', '')"/></button>
      </form>
    </section>
  </xsl:template>

  <!-- ==== why -->
  <xsl:template match="p:page[@screen = 'case-why']" mode="main">
    <xsl:call-template name="case-head"/>
    <xsl:call-template name="reasoning"/>
  </xsl:template>

  <!-- Lines nested by their depth; a line that begins at the edge begins a
       part, and what stands under a part is folded where it is long. -->
  <xsl:template name="reasoning">
    <xsl:if test="$view and not($view/v:reasoning/v:line)"><p class="none"><xsl:value-of select="ih:word('screen.none', '')"/></p></xsl:if>
    <div class="reasoning">
      <xsl:for-each select="$view/v:reasoning/v:line"><p class="d{@depth}"><xsl:value-of select="."/></p></xsl:for-each>
    </div>
  </xsl:template>

  <!-- ==== how it came here -->
  <xsl:template match="p:page[@screen = 'case-timeline']" mode="main">
    <xsl:call-template name="case-head"/>
    <xsl:variable name="all" select="$standing/y:step | $standing/y:letter | $standing/y:delay | $record/c:determination | $record/c:proposed | $record/c:served | $record/c:reconsideration"/>
    <ol class="timeline">
      <xsl:for-each select="$all">
        <xsl:sort select="@day | @date" order="descending"/>
        <xsl:sort select="position()" data-type="number" order="descending"/>
        <li><xsl:call-template name="day"><xsl:with-param name="of" select="string(@day | @date)"/></xsl:call-template><xsl:text> </xsl:text><span><xsl:apply-templates select="." mode="event"/></span></li>
      </xsl:for-each>
    </ol>
  </xsl:template>

  <xsl:template match="y:step" mode="event">
    <xsl:value-of select="ih:word(concat('copy.axis.', @axis), '')"/><xsl:call-template name="colon"/>
    <xsl:choose>
      <xsl:when test="@from = @to"><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('screen.event.', @event)"/><xsl:with-param name="of" select="string(@event)"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="state"><xsl:with-param name="axis" select="string(@axis)"/><xsl:with-param name="state" select="string(@to)"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="y:letter" mode="event">
    <xsl:value-of select="ih:word(concat('copy.letter.', @direction), '')"/><xsl:call-template name="colon"/>
    <xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('purpose.', @purpose)"/><xsl:with-param name="of" select="string(@purpose)"/></xsl:call-template>
    <xsl:call-template name="comma"/><xsl:call-template name="party"><xsl:with-param name="of" select="string(@peer)"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="y:delay" mode="event"><xsl:value-of select="ih:word('copy.delays', '')"/><xsl:call-template name="colon"/><bdi><xsl:value-of select="."/></bdi></xsl:template>
  <xsl:template match="c:determination | c:proposed | c:served | c:reconsideration" mode="event">
    <xsl:value-of select="ih:word(concat('decided.kind.', local-name()), '')"/>
    <xsl:if test="@state"><xsl:call-template name="colon"/><xsl:value-of select="ih:word(concat('document.determination.', @state), '')"/></xsl:if>
    <xsl:if test="c:grounds"><br/><bdi><xsl:value-of select="c:grounds"/></bdi></xsl:if>
  </xsl:template>

  <!-- ==== what the person agrees to -->
  <xsl:template match="p:page[@screen = 'case-consent']" mode="main">
    <xsl:variable name="known" select="key('data', 'purposes')/p:printed/k:consents"/>
    <xsl:variable name="entries" select="key('data', 'entries')/p:printed/l:entries/l:entry"/>
    <xsl:call-template name="case-head"/>
    <section>
      <h2><xsl:value-of select="ih:word('copy.flags', '')"/></h2>
      <p class="hint"><xsl:value-of select="ih:word('screen.consent.flags.note', '')"/></p>
      <xsl:for-each select="$known/k:flag">
        <xsl:variable name="flag" select="@id"/>
        <xsl:variable name="said" select="$entries[@purpose = $flag]"/>
        <div class="entry">
          <h3><xsl:call-template name="said-here"><xsl:with-param name="of" select="."/></xsl:call-template></h3>
          <xsl:choose>
            <xsl:when test="$said"><xsl:for-each select="$said"><p><xsl:value-of select="@said"/><xsl:if test="@to != 'any'"><xsl:text> (</xsl:text><xsl:call-template name="party"><xsl:with-param name="of" select="string(@to)"/></xsl:call-template><xsl:text>)</xsl:text></xsl:if><xsl:call-template name="comma"/><xsl:call-template name="day"><xsl:with-param name="of" select="string(@date)"/></xsl:call-template></p></xsl:for-each></xsl:when>
            <xsl:otherwise><p class="none"><xsl:value-of select="ih:word('screen.consent.unasked', '')"/></p></xsl:otherwise>
          </xsl:choose>
          <xsl:if test="$page/p:may[@action = 'write']">
            <form method="post" action="/case/{$code}/flag" class="line">
              <xsl:call-template name="tokens"/><xsl:call-template name="version"/>
              <input type="hidden" name="flag" value="{@id}"/>
              <xsl:call-template name="chooser">
                <xsl:with-param name="name" select="'about'"/>
                <xsl:with-param name="id" select="concat('about-', @id)"/>
                <xsl:with-param name="label" select="ih:word('screen.consent.about', '')"/>
                <xsl:with-param name="options"><option value="any"><xsl:value-of select="ih:word('copy.country.any', '')"/></option><option value="{$page/@country}"><xsl:call-template name="party"><xsl:with-param name="of" select="string($page/@country)"/></xsl:call-template></option><xsl:for-each select="key('data', 'partners')/p:printed/l:partners/l:partner"><option value="{@committee}"><xsl:call-template name="party"><xsl:with-param name="of" select="string(@committee)"/></xsl:call-template></option></xsl:for-each></xsl:with-param>
              </xsl:call-template>
              <button class="second" name="raised" value="yes"><xsl:value-of select="ih:word('state.yes', '')"/></button>
              <button class="second" name="raised" value="no"><xsl:value-of select="ih:word('state.no', '')"/></button>
            </form>
          </xsl:if>
        </div>
      </xsl:for-each>
    </section>
    <section>
      <h2><xsl:value-of select="ih:word('copy.consents', '')"/></h2>
      <xsl:if test="not($entries[not(@purpose = $known/k:flag/@id)])"><p class="none"><xsl:value-of select="ih:word('screen.none', '')"/></p></xsl:if>
      <ul class="entries">
        <xsl:for-each select="$entries[not(@purpose = $known/k:flag/@id)]">
          <xsl:sort select="@date" order="descending"/>
          <xsl:variable name="purpose" select="@purpose"/>
          <li>
            <strong><xsl:choose>
              <xsl:when test="$known/k:purpose[@id = $purpose]"><xsl:call-template name="said-here"><xsl:with-param name="of" select="$known/k:purpose[@id = $purpose]/k:name"/></xsl:call-template></xsl:when>
              <xsl:otherwise><xsl:value-of select="ih:word('screen.consent.interview', '')"/></xsl:otherwise>
            </xsl:choose></strong>
            <xsl:call-template name="colon"/><xsl:call-template name="state"><xsl:with-param name="axis" select="'consent'"/><xsl:with-param name="state" select="string(@said)"/></xsl:call-template>
            <xsl:call-template name="comma"/><xsl:call-template name="party"><xsl:with-param name="of" select="string(@to)"/></xsl:call-template>
            <xsl:call-template name="comma"/><xsl:call-template name="day"><xsl:with-param name="of" select="string(@date)"/></xsl:call-template>
            <xsl:if test="@until != ''"><xsl:text>, </xsl:text><xsl:value-of select="ih:word('column.until', '')"/><xsl:text> </xsl:text><xsl:call-template name="day"><xsl:with-param name="of" select="string(@until)"/></xsl:call-template></xsl:if>
            <xsl:if test="@today != '' and @today != @said"><br/><xsl:value-of select="ih:word('column.today', '')"/><xsl:call-template name="colon"/><xsl:call-template name="state"><xsl:with-param name="axis" select="'consent'"/><xsl:with-param name="state" select="string(@today)"/></xsl:call-template></xsl:if>
          </li>
        </xsl:for-each>
      </ul>
    </section>
    <xsl:if test="p:may[@action = 'write']"><xsl:call-template name="consent-form"><xsl:with-param name="known" select="$known"/></xsl:call-template></xsl:if>
  </xsl:template>

  <xsl:template name="consent-form">
    <xsl:param name="known"/>
    <section>
      <h2><xsl:value-of select="ih:word('screen.consent.new', '')"/></h2>
      <p class="hint"><xsl:value-of select="ih:word('screen.consent.read', '')"/></p>
      <xsl:for-each select="$known/k:purpose">
        <details><summary><xsl:call-template name="said-here"><xsl:with-param name="of" select="k:name"/></xsl:call-template></summary><blockquote><xsl:call-template name="said-here"><xsl:with-param name="of" select="k:said"/></xsl:call-template></blockquote></details>
      </xsl:for-each>
      <form method="post" action="/case/{$code}/consent">
        <xsl:call-template name="tokens"/><xsl:call-template name="version"/>
        <xsl:call-template name="chooser">
          <xsl:with-param name="name" select="'purpose'"/>
          <xsl:with-param name="label" select="ih:word('column.purpose', '')"/>
          <xsl:with-param name="options"><xsl:call-template name="options"><xsl:with-param name="of" select="$known/k:purpose"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="chooser">
          <xsl:with-param name="name" select="'to'"/>
          <xsl:with-param name="label" select="ih:word('column.to', '')"/>
          <xsl:with-param name="options"><option value="any"><xsl:value-of select="ih:word('screen.party.any', '')"/></option><xsl:call-template name="recipients"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="chooser">
          <xsl:with-param name="name" select="'said'"/>
          <xsl:with-param name="label" select="ih:word('column.said', '')"/>
          <xsl:with-param name="options"><xsl:call-template name="coded"><xsl:with-param name="codes" select="'give refuse ask withdraw not-able'"/><xsl:with-param name="room" select="'screen.consent.'"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <fieldset class="field">
          <legend><xsl:value-of select="ih:word('column.category', '')"/></legend>
          <p class="hint"><xsl:value-of select="ih:word('screen.consent.all', '')"/></p>
          <xsl:for-each select="$known/k:category[@id != 'any']">
            <div class="choice"><input type="checkbox" id="f-c-{@id}" name="category" value="{@id}"/><label for="f-c-{@id}"><xsl:call-template name="said-here"><xsl:with-param name="of" select="."/></xsl:call-template></label></div>
          </xsl:for-each>
        </fieldset>
        <xsl:call-template name="chooser">
          <xsl:with-param name="name" select="'mode'"/>
          <xsl:with-param name="label" select="ih:word('column.mode', '')"/>
          <xsl:with-param name="options"><xsl:call-template name="options"><xsl:with-param name="of" select="$known/k:mode"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <fieldset class="field">
          <legend><xsl:value-of select="ih:word('column.with', '')"/></legend>
          <xsl:call-template name="with-one"><xsl:with-param name="id" select="'interpreter'"/></xsl:call-template>
          <xsl:call-template name="with-one"><xsl:with-param name="id" select="'guardian'"/></xsl:call-template>
          <xsl:call-template name="with-one"><xsl:with-param name="id" select="'witness'"/></xsl:call-template>
        </fieldset>
        <xsl:call-template name="chooser">
          <xsl:with-param name="name" select="'read-in'"/>
          <xsl:with-param name="label" select="ih:word('column.read-in', '')"/>
          <xsl:with-param name="options"><option value="ar" lang="ar">العربية</option><option value="fr" lang="fr">Français</option><option value="en" lang="en">English</option></xsl:with-param>
        </xsl:call-template>
        <xsl:if test="key('data', 'mechanism')/p:printed/m:mechanism/m:basis">
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'basis'"/>
            <xsl:with-param name="label" select="ih:word('screen.consent.basis', '')"/>
            <xsl:with-param name="empty" select="true()"/>
            <xsl:with-param name="options"><xsl:call-template name="options"><xsl:with-param name="of" select="key('data', 'mechanism')/p:printed/m:mechanism/m:basis"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:call-template name="date-input"><xsl:with-param name="name" select="'until'"/><xsl:with-param name="label" select="ih:word('column.until', '')"/></xsl:call-template>
        <button><xsl:value-of select="ih:word('screen.enter', '')"/></button>
      </form>
    </section>
  </xsl:template>

  <xsl:template name="with-one">
    <xsl:param name="id"/>
    <div class="choice"><input type="checkbox" id="f-w-{$id}" name="with" value="{$id}"/><label for="f-w-{$id}"><xsl:value-of select="ih:word(concat('copy.with.', $id), '')"/></label></div>
  </xsl:template>

  <!-- ==== the plan -->
  <xsl:template match="p:page[@screen = 'case-plan']" mode="main">
    <xsl:variable name="items" select="$record/c:plan/c:item"/>
    <xsl:variable name="moves" select="key('data', 'moves')/p:printed/w:moves"/>
    <xsl:variable name="services" select="key('data', 'services')/p:printed/s:services"/>
    <xsl:variable name="suggested" select="key('data', 'suggested')/p:printed/l:suggestions/l:suggestion"/>
    <xsl:call-template name="case-head"/>
    <section>
      <h2><xsl:value-of select="ih:word('copy.plan', '')"/></h2>
      <xsl:if test="$record/c:plan/@review"><p><xsl:value-of select="ih:word('screen.plan.review', '')"/><xsl:text> </xsl:text><xsl:call-template name="day"><xsl:with-param name="of" select="string($record/c:plan/@review)"/></xsl:call-template></p></xsl:if>
      <xsl:if test="not($items)"><p class="none"><xsl:value-of select="ih:word('screen.none', '')"/></p></xsl:if>
      <xsl:for-each select="$items">
        <xsl:variable name="item" select="."/>
        <div class="entry">
          <h3><xsl:call-template name="said-here"><xsl:with-param name="of" select="$services/s:need[@id = $item/@need]"/></xsl:call-template></h3>
          <p>
            <strong><xsl:call-template name="said-here"><xsl:with-param name="of" select="$moves/w:state[@id = $item/@state]"/></xsl:call-template></strong>
            <xsl:if test="@service"><xsl:call-template name="comma"/><xsl:call-template name="said-here"><xsl:with-param name="of" select="$services/s:service[@id = $item/@service]/s:name"/></xsl:call-template></xsl:if>
            <xsl:if test="@provider"><xsl:call-template name="comma"/><xsl:call-template name="said-here"><xsl:with-param name="of" select="$standing/y:provider[@id = $item/@provider]"/></xsl:call-template></xsl:if>
            <xsl:if test="@due"><xsl:call-template name="comma"/><xsl:call-template name="day"><xsl:with-param name="of" select="string(@due)"/></xsl:call-template></xsl:if>
          </p>
          <xsl:if test="c:objective"><p><bdi><xsl:value-of select="c:objective"/></bdi></p></xsl:if>
          <xsl:if test="$page/p:may[@action = 'write-plan']"><xsl:call-template name="plan-moves"><xsl:with-param name="moves" select="$moves"/><xsl:with-param name="services" select="$services"/></xsl:call-template></xsl:if>
        </div>
      </xsl:for-each>
    </section>
    <xsl:if test="$suggested">
      <section>
        <h2><xsl:value-of select="ih:word('screen.plan.suggested', '')"/></h2>
        <p class="hint"><xsl:value-of select="ih:word('plan.suggested', '')"/></p>
        <ul>
          <xsl:for-each select="$suggested[@now-code = 'yes' or @now = 'yes'][not(@service = preceding-sibling::l:suggestion/@service)]"><li><xsl:value-of select="@name"/></li></xsl:for-each>
        </ul>
      </section>
    </xsl:if>
    <xsl:if test="p:may[@action = 'write-plan']">
      <section>
        <h2><xsl:value-of select="ih:word('screen.plan.add', '')"/></h2>
        <form method="post" action="/case/{$code}/plan">
          <xsl:call-template name="tokens"/><xsl:call-template name="version"/>
          <input type="hidden" name="change" value="add"/>
          <input type="hidden" class="made" name="item" value="n{count($items) + 1}"/>
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'need'"/>
            <xsl:with-param name="label" select="ih:word('column.need', '')"/>
            <xsl:with-param name="options"><xsl:call-template name="options"><xsl:with-param name="of" select="$services/s:need"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'service'"/>
            <xsl:with-param name="label" select="ih:word('column.service', '')"/>
            <xsl:with-param name="empty" select="true()"/>
            <xsl:with-param name="options"><xsl:call-template name="options"><xsl:with-param name="of" select="$services/s:service"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="date-input"><xsl:with-param name="name" select="'due'"/><xsl:with-param name="label" select="ih:word('column.due', '')"/></xsl:call-template>
          <xsl:call-template name="textarea"><xsl:with-param name="name" select="'objective'"/><xsl:with-param name="label" select="ih:word('column.objective', '')"/></xsl:call-template>
          <button><xsl:value-of select="ih:word('screen.plan.add.do', '')"/></button>
        </form>
      </section>
      <section>
        <h2><xsl:value-of select="ih:word('copy.plan.views', '')"/></h2>
        <xsl:for-each select="$record/c:plan/c:view"><p><xsl:call-template name="day"><xsl:with-param name="of" select="string(@date)"/></xsl:call-template><xsl:text> </xsl:text><bdi><xsl:value-of select="."/></bdi></p></xsl:for-each>
        <xsl:for-each select="$record/c:plan/c:agreement"><p><xsl:call-template name="day"><xsl:with-param name="of" select="string(@date)"/></xsl:call-template><xsl:text> </xsl:text><xsl:value-of select="ih:word(concat('screen.plan.said.', @said), '')"/></p></xsl:for-each>
        <form method="post" action="/case/{$code}/plan">
          <xsl:call-template name="tokens"/><xsl:call-template name="version"/>
          <input type="hidden" name="change" value="say"/>
          <xsl:call-template name="textarea"><xsl:with-param name="name" select="'view'"/><xsl:with-param name="label" select="ih:word('screen.plan.view', '')"/></xsl:call-template>
          <xsl:call-template name="chooser">
            <xsl:with-param name="name" select="'said'"/>
            <xsl:with-param name="label" select="ih:word('copy.plan.agreement', '')"/>
            <xsl:with-param name="empty" select="true()"/>
            <xsl:with-param name="options"><xsl:call-template name="coded"><xsl:with-param name="codes" select="'agreed partly refused not-able'"/><xsl:with-param name="room" select="'screen.plan.said.'"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="date-input"><xsl:with-param name="name" select="'review'"/><xsl:with-param name="label" select="ih:word('screen.plan.review', '')"/></xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.enter', '')"/></button>
        </form>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- What may become of one need, with what each move asks for. -->
  <xsl:template name="plan-moves">
    <xsl:param name="moves"/>
    <xsl:param name="services"/>
    <xsl:variable name="item" select="."/>
    <details>
      <summary><xsl:value-of select="ih:word('screen.plan.move', '')"/></summary>
      <xsl:for-each select="$moves/w:move[contains(concat(' ', @from, ' '), concat(' ', $item/@state, ' '))]">
        <form method="post" action="/case/{$code}/plan" class="line">
          <xsl:call-template name="tokens"/><xsl:call-template name="version"/>
          <input type="hidden" name="change" value="move"/>
          <input type="hidden" name="item" value="{$item/@id}"/>
          <input type="hidden" name="event" value="{@event}"/>
          <xsl:if test="@asks = 'provider'">
            <xsl:call-template name="chooser">
              <xsl:with-param name="name" select="'provider'"/>
              <xsl:with-param name="id" select="concat($item/@id, '-', @event)"/>
              <xsl:with-param name="label" select="ih:word('column.provider', '')"/>
              <xsl:with-param name="options"><xsl:for-each select="key('data', 'providers')/p:printed/l:providers/l:provider"><option value="{@id | @provider}"><xsl:if test="(@id | @provider) = $item/@provider"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="@name"/></option></xsl:for-each></xsl:with-param>
            </xsl:call-template>
          </xsl:if>
          <xsl:if test="@asks = 'cause' or @asks = 'result'">
            <xsl:variable name="asks" select="@asks"/>
            <xsl:call-template name="chooser">
              <xsl:with-param name="name" select="@asks"/>
              <xsl:with-param name="id" select="concat($item/@id, '-', @event)"/>
              <xsl:with-param name="label" select="ih:word(concat('column.', @asks), '')"/>
              <xsl:with-param name="options"><xsl:call-template name="options"><xsl:with-param name="of" select="$services/*[local-name() = $asks]"/></xsl:call-template></xsl:with-param>
            </xsl:call-template>
          </xsl:if>
          <button class="second"><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('screen.plan.event.', @event)"/><xsl:with-param name="of" select="string(@event)"/></xsl:call-template></button>
        </form>
      </xsl:for-each>
    </details>
  </xsl:template>

  <!-- ==== papers -->
  <xsl:template match="p:page[@screen = 'case-documents']" mode="main">
    <xsl:variable name="kinds" select="key('data', 'documents')/p:printed/l:documents/l:document[@of-code = 'case' or @of-code = 'release' or @of = 'case' or @of = 'release'][@kind != 'notification' or $view/v:axis[@id = 'file']/@state = 'notify-only']"/>
    <!-- what goes with a referral, once there is one to somebody who may have it -->
    <xsl:variable name="referred" select="$record/c:referral[not(@to = preceding-sibling::c:referral/@to)]"/>
    <xsl:variable name="deciding" select="$referred[@to = key('data', 'mechanism')/p:printed/m:mechanism/m:determination/@body]"/>
    <xsl:call-template name="case-head"/>
    <xsl:for-each select="$kinds[@of-code = 'case' or @of = 'case' or @kind = 'notification' or (@kind = 'for-determination' and $deciding) or (@kind != 'for-determination' and $referred)]">
      <section class="entry">
        <h2><xsl:value-of select="@name"/></h2>
        <p class="hint"><xsl:value-of select="@for"/></p>
        <form method="post" action="/case/{$code}/page">
          <xsl:call-template name="tokens"/>
          <input type="hidden" name="kind" value="{@kind}"/>
          <xsl:if test="@kind = 'consent' or @kind = 'withdrawal'">
            <xsl:call-template name="chooser">
              <xsl:with-param name="name" select="'purpose'"/>
              <xsl:with-param name="id" select="concat('purpose-', @kind)"/>
              <xsl:with-param name="label" select="ih:word('column.purpose', '')"/>
              <xsl:with-param name="options"><xsl:call-template name="options"><xsl:with-param name="of" select="key('data', 'purposes')/p:printed/k:consents/k:purpose"/></xsl:call-template></xsl:with-param>
            </xsl:call-template>
          </xsl:if>
          <xsl:if test="(@of = 'release' or @of-code = 'release') and @kind != 'notification'">
            <xsl:call-template name="chooser">
              <xsl:with-param name="name" select="'to'"/>
              <xsl:with-param name="id" select="concat('to-', @kind)"/>
              <xsl:with-param name="label" select="ih:word('column.to', '')"/>
              <xsl:with-param name="options"><xsl:for-each select="$referred[current()/@kind != 'for-determination'] | $deciding"><option value="{@to}"><xsl:call-template name="party"><xsl:with-param name="of" select="string(@to)"/></xsl:call-template></option></xsl:for-each></xsl:with-param>
            </xsl:call-template>
          </xsl:if>
          <xsl:call-template name="paper-languages"><xsl:with-param name="id" select="@kind"/></xsl:call-template>
          <div class="row">
            <button class="second"><xsl:value-of select="ih:word('screen.paper.page', '')"/></button>
            <button class="second" formaction="/case/{$code}/pdf"><bdi dir="ltr">PDF</bdi></button>
          </div>
        </form>
      </section>
    </xsl:for-each>
    <xsl:if test="p:may[@action = 'copy-to-person']">
      <section class="entry">
        <h2><xsl:value-of select="ih:word('paper.copy', '')"/></h2>
        <p class="hint"><xsl:value-of select="ih:word('paper.copy.for', '')"/></p>
        <form method="post" action="/case/{$code}/copy">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="paper-languages"><xsl:with-param name="id" select="'copy'"/></xsl:call-template>
          <button class="second"><xsl:value-of select="ih:word('screen.paper.page', '')"/></button>
        </form>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="paper-languages">
    <xsl:param name="id"/>
    <fieldset class="tongues">
      <legend><xsl:value-of select="ih:word('screen.paper.language', '')"/></legend>
      <div class="choice"><input type="checkbox" id="l-{$id}-ar" name="language" value="ar"><xsl:if test="$page/@lang = 'ar'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input><label for="l-{$id}-ar" lang="ar">العربية</label></div>
      <div class="choice"><input type="checkbox" id="l-{$id}-fr" name="language" value="fr"><xsl:if test="$page/@lang = 'fr'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input><label for="l-{$id}-fr" lang="fr">Français</label></div>
      <div class="choice"><input type="checkbox" id="l-{$id}-en" name="language" value="en"><xsl:if test="$page/@lang = 'en'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input><label for="l-{$id}-en" lang="en">English</label></div>
    </fieldset>
  </xsl:template>

  <!-- ==== who it is about: asked for, and entered -->
  <xsl:template match="p:page[@screen = 'case-names']" mode="main">
    <xsl:call-template name="case-head"/>
    <xsl:choose>
      <xsl:when test="p:done/c:identity">
        <dl class="known">
          <xsl:for-each select="p:done/c:identity/a:answer">
            <div><dt><xsl:call-template name="word-or-code"><xsl:with-param name="key" select="concat('screen.identity.', @item)"/><xsl:with-param name="of" select="string(@item)"/></xsl:call-template></dt>
            <dd><xsl:choose>
              <xsl:when test="a:value"><xsl:for-each select="a:value"><bdi dir="auto"><xsl:value-of select="."/></bdi><xsl:text> </xsl:text></xsl:for-each></xsl:when>
              <xsl:otherwise><xsl:value-of select="ih:word(concat('copy.state.', @state), '')"/></xsl:otherwise>
            </xsl:choose></dd></div>
          </xsl:for-each>
        </dl>
        <p><a class="button" href="/case/{$code}"><xsl:value-of select="ih:word('screen.names.hide', '')"/></a></p>
      </xsl:when>
      <xsl:otherwise>
        <p><xsl:value-of select="ih:word('screen.names.note', '')"/></p>
        <xsl:call-template name="button-form">
          <xsl:with-param name="action" select="concat('/case/', $code, '/names')"/>
          <xsl:with-param name="label" select="ih:word('screen.names.show', '')"/>
          <xsl:with-param name="class" select="''"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== put right -->
  <xsl:template match="p:page[@screen = 'case-rectify']" mode="main">
    <xsl:call-template name="case-head"/>
    <h2><xsl:value-of select="ih:word('screen.title.case-rectify', '')"/></h2>
    <form method="post" action="/case/{$code}/rectify">
      <xsl:call-template name="tokens"/>
      <xsl:call-template name="chooser">
        <xsl:with-param name="name" select="'asked-by'"/>
        <xsl:with-param name="label" select="ih:word('screen.case.asked-by', '')"/>
        <xsl:with-param name="options"><xsl:call-template name="coded"><xsl:with-param name="codes" select="'person guardian office'"/><xsl:with-param name="room" select="'copy.asked-by.'"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="chooser">
        <xsl:with-param name="name" select="'item'"/>
        <xsl:with-param name="label" select="ih:word('copy.question', '')"/>
        <xsl:with-param name="options">
          <xsl:for-each select="$view/v:question"><option value="{@item}"><xsl:value-of select="."/></option></xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="chooser">
        <xsl:with-param name="name" select="'outcome'"/>
        <xsl:with-param name="label" select="ih:word('screen.rectify.outcome', '')"/>
        <xsl:with-param name="options"><xsl:call-template name="coded"><xsl:with-param name="codes" select="'corrected refused'"/><xsl:with-param name="room" select="'copy.rectification.'"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="input"><xsl:with-param name="name" select="'value'"/><xsl:with-param name="label" select="ih:word('screen.rectify.value', '')"/></xsl:call-template>
      <xsl:call-template name="textarea"><xsl:with-param name="name" select="'why'"/><xsl:with-param name="label" select="ih:word('column.reason', '')"/></xsl:call-template>
      <button><xsl:value-of select="ih:word('screen.enter', '')"/></button>
    </form>
  </xsl:template>

  <!-- ==== there and here -->
  <xsl:template match="p:page[@screen = 'case-compare']" mode="main">
    <xsl:call-template name="case-head"/>
    <xsl:apply-templates select="key('data', 'compared')/p:printed/q:comparison"/>
  </xsl:template>

  <xsl:template match="q:comparison">
    <xsl:variable name="all" select="."/>
    <xsl:variable name="from"><xsl:call-template name="party"><xsl:with-param name="of" select="string(@from)"/></xsl:call-template></xsl:variable>
    <xsl:variable name="there"><xsl:call-template name="party"><xsl:with-param name="of" select="string(q:interview/@committee)"/></xsl:call-template></xsl:variable>
    <p><xsl:value-of select="ih:say('continuity.came', '', string($from), string(@their-case), string(@profile))"/></p>
    <p><xsl:value-of select="ih:say('continuity.interview', '', ih:date(string(q:interview/@date), ''), string($there), ih:word(concat('continuity.channel.', q:interview/@channel), ''), ih:word(concat('language.', q:interview/@language), ''))"/></p>
    <table class="cards">
      <thead><tr>
        <th scope="col"><xsl:value-of select="ih:word('continuity.rules', '')"/></th>
        <th scope="col"><xsl:value-of select="ih:word('continuity.there', '')"/></th>
        <th scope="col"><xsl:value-of select="ih:word('continuity.here', '')"/></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="q:rules">
          <tr>
            <td data-title="{ih:word('continuity.rules', '')}"><xsl:value-of select="@title"/></td>
            <td data-title="{ih:word('continuity.there', '')}"><xsl:call-template name="outcome"><xsl:with-param name="of" select="q:there"/><xsl:with-param name="none" select="'continuity.not-sent'"/></xsl:call-template></td>
            <td data-title="{ih:word('continuity.here', '')}"><xsl:call-template name="outcome"><xsl:with-param name="of" select="q:here"/><xsl:with-param name="none" select="'rescore.none'"/></xsl:call-template></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <p class="hint"><xsl:value-of select="ih:word('assess.caution', '')"/></p>
    <xsl:for-each select="q:rules[q:difference or q:holds]">
      <details>
        <summary><xsl:value-of select="@title"/></summary>
        <ul>
          <xsl:for-each select="q:difference"><li><xsl:value-of select="ih:say('continuity.differs', '', string(@title), ih:word(concat('stood.', @there), ''), ih:word(concat('stood.', @here), ''))"/></li></xsl:for-each>
          <xsl:if test="@unsent &gt; 0"><li><xsl:value-of select="ih:say('continuity.because.unsent', '', string(@unsent), string($all/@from))"/></li></xsl:if>
        </ul>
        <xsl:if test="q:holds"><p><xsl:value-of select="ih:word('continuity.holds', '')"/></p><ul><xsl:for-each select="q:holds"><li><xsl:value-of select="@title"/></li></xsl:for-each></ul></xsl:if>
      </details>
    </xsl:for-each>
    <xsl:call-template name="to-ask"><xsl:with-param name="of" select="q:settle[@ask = 'sender']"/><xsl:with-param name="key" select="'continuity.ask.sender'"/></xsl:call-template>
    <xsl:call-template name="to-ask"><xsl:with-param name="of" select="q:settle[@ask = 'person']"/><xsl:with-param name="key" select="'continuity.ask.person'"/></xsl:call-template>
    <xsl:call-template name="to-ask"><xsl:with-param name="of" select="q:settle[@ask = 'nobody']"/><xsl:with-param name="key" select="'continuity.ask.nobody'"/></xsl:call-template>
    <p><a class="button" href="/case/{$code}/letters"><xsl:value-of select="ih:word('screen.send.information-request', '')"/></a></p>
  </xsl:template>

  <!-- A result, with what it lies between where it is open. -->
  <xsl:template name="outcome">
    <xsl:param name="of"/>
    <xsl:param name="none"/>
    <xsl:choose>
      <xsl:when test="$of/@outcome = 'none'"><xsl:value-of select="ih:word($none, '')"/></xsl:when>
      <xsl:when test="$of/@outcome = 'withheld'"><xsl:value-of select="ih:word('copy.withheld-outcome', '')"/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="ih:word(concat('outcome.', $of/@outcome), '')"/>
        <xsl:if test="$of/@at-least != $of/@at-most"><br/><span class="hint"><xsl:value-of select="ih:word(concat('outcome.', $of/@at-least), '')"/> – <xsl:value-of select="ih:word(concat('outcome.', $of/@at-most), '')"/></span></xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="to-ask">
    <xsl:param name="of"/>
    <xsl:param name="key"/>
    <xsl:if test="$of">
      <h2><xsl:value-of select="ih:say($key, '', string(@from))"/></h2>
      <ul><xsl:for-each select="$of[position() &lt;= 12]"><li><xsl:value-of select="@title"/></li></xsl:for-each></ul>
      <xsl:if test="count($of) &gt; 12"><p class="hint"><xsl:value-of select="ih:say('assess.settle.more', '', string(count($of) - 12))"/></p></xsl:if>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

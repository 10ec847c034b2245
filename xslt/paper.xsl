<?xml version="1.0" encoding="UTF-8"?>
<!-- What the papers of an office have in common: a frame, and small pieces.  Who
     the person is is in none of them: a line is left for it. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:p="urn:ihala:copy:1" xmlns:c="urn:ihala:case:1"
    xmlns:a="urn:ihala:answers:1" xmlns:e="urn:ihala:assessment:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:k="urn:ihala:consent:1" xmlns:v="urn:ihala:service:1"
    xmlns:l="urn:ihala:lifecycle:1" xmlns:r="urn:ihala:return:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s p c a e i m k v l r">
  <!-- Its small pieces, and how it says an answer, a plan or a decision. -->
  <xsl:import href="copy.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:param name="purpose"/>
  <!-- each paper has its own of these three -->
  <xsl:variable name="kind"/>
  <xsl:variable name="foot-key" select="'paper.office-only'"/>
  <xsl:template name="body"/>

  <xsl:variable name="form" select="/s:sources/s:record/i:instrument"/>
  <xsl:variable name="returned" select="/s:sources/s:record/r:return"/>
  <xsl:variable name="training" select="$copy/@training | $returned/@training"/>
  <xsl:variable name="about-what">
    <xsl:choose>
      <xsl:when test="$copy"><xsl:value-of select="$copy/@code"/></xsl:when>
      <xsl:when test="$returned"><xsl:value-of select="concat($returned/@committee, ' ', $returned/@period)"/></xsl:when>
      <xsl:when test="$form"><xsl:value-of select="concat($form/@id, ' ', $form/@version)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="concat($sender/@code, ' ', $sender/@version)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:template match="/">
    <doc kind="{$kind}" sheet="xslt/{$kind}.xsl" made="{$made}" reference="{$about-what}">
      <xsl:if test="$training"><xsl:attribute name="training">true</xsl:attribute></xsl:if>
      <xsl:attribute name="title">
        <xsl:value-of select="concat(ih:word('document.page', $tongues[1]/@tag), ' ', $about-what)"/>
      </xsl:attribute>
      <xsl:call-template name="head"/>
      <title><xsl:call-template name="word"><xsl:with-param name="key" select="concat('paper.', $kind)"/></xsl:call-template></title>
      <xsl:if test="$training">
        <watermark><xsl:call-template name="word"><xsl:with-param name="key" select="'document.training'"/></xsl:call-template></watermark>
      </xsl:if>
      <xsl:call-template name="body"/>
      <foot>
        <p><xsl:call-template name="word"><xsl:with-param name="key" select="$foot-key"/></xsl:call-template></p>
        <xsl:if test="$copy/@code = $about-what"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.by-code'"/></xsl:call-template></p></xsl:if>
        <xsl:if test="count($tongues) = 2 and $tongues[@lang = 'ar']">
          <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.reference-language'"/></xsl:call-template></p>
        </xsl:if>
        <xsl:if test="$copy or $returned"><xsl:call-template name="proof"/></xsl:if>
      </foot>
    </doc>
  </xsl:template>

  <!-- ==== what it is about -->

  <xsl:template name="paper-about">
    <xsl:param name="more"/>
    <fields>
      <xsl:call-template name="same-field"><xsl:with-param name="key" select="'document.reference'"/><xsl:with-param name="of" select="$about-what"/></xsl:call-template>
      <xsl:call-template name="date-line"/>
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="'document.from'"/>
        <xsl:with-param name="value"><xsl:call-template name="texts"><xsl:with-param name="of" select="$sender/m:name"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:copy-of select="$more"/>
    </fields>
  </xsl:template>

  <!-- ==== to be filled in by hand -->

  <xsl:template name="blank-field">
    <xsl:param name="key"/>
    <xsl:call-template name="same-field"><xsl:with-param name="key" select="$key"/><xsl:with-param name="of" select="'. . . . . . . . . . . . . . . . . . . . . . . .'"/></xsl:call-template>
  </xsl:template>

  <!-- A box for a mark, and a word of the catalogue. -->
  <xsl:template name="box">
    <xsl:param name="key"/>
    <item>
      <xsl:for-each select="$tongues">
        <xsl:call-template name="text"><xsl:with-param name="say" select="concat('[&#160;&#160;&#160;] ', ih:word($key, @tag))"/></xsl:call-template>
      </xsl:for-each>
    </item>
  </xsl:template>

  <!-- The same, with the texts of a node. -->
  <xsl:template name="box-of">
    <xsl:param name="of"/>
    <item>
      <xsl:for-each select="$tongues">
        <xsl:call-template name="text">
          <xsl:with-param name="say"><xsl:text>[&#160;&#160;&#160;] </xsl:text><xsl:call-template name="pick"><xsl:with-param name="of" select="$of"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
    </item>
  </xsl:template>

  <xsl:template name="paper-lines">
    <line><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.name'"/></xsl:call-template></line>
    <line><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.mark'"/></xsl:call-template></line>
    <line><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.day'"/></xsl:call-template></line>
  </xsl:template>

  <!-- Whoever writes, and the person. -->
  <xsl:template name="both-sign">
    <sign>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.office'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.person'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
    </sign>
  </xsl:template>

  <!-- ==== where help is to be had -->

  <!-- Each with the day on which it was last found; what the data say further
       of their source is for those who keep them. -->
  <xsl:template name="help-lines">
    <xsl:if test="$sender/m:hotline">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'paper.hotlines'"/></xsl:call-template>
      <table>
        <row>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'paper.hotline.number'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'paper.hotline.for'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'paper.hotline.source'"/></xsl:call-template>
        </row>
        <xsl:for-each select="$sender/m:hotline">
          <xsl:variable name="line" select="."/>
          <row>
            <cell><same><xsl:value-of select="@number"/></same></cell>
            <cell><xsl:call-template name="texts"><xsl:with-param name="of" select="."/></xsl:call-template></cell>
            <cell>
              <xsl:for-each select="$tongues">
                <xsl:call-template name="text"><xsl:with-param name="say" select="ih:say('paper.hotline.found', @tag, ih:apart(substring-before(concat(normalize-space($line/m:source), ';'), ';')), ih:date($line/m:source/@checked, @tag))"/></xsl:call-template>
              </xsl:for-each>
            </cell>
          </row>
        </xsl:for-each>
      </table>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.hotline.caution'"/></xsl:call-template></p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="offered">
    <xsl:if test="$sender/m:service">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'rights.services'"/></xsl:call-template>
      <list>
        <xsl:for-each select="$sender/m:service"><item><xsl:call-template name="texts"><xsl:with-param name="of" select="."/></xsl:call-template></item></xsl:for-each>
      </list>
    </xsl:if>
  </xsl:template>

  <!-- ==== what is due, and the plan as a table -->

  <!-- What still runs; what was kept or was late is over. -->
  <xsl:template name="due">
    <xsl:variable name="running" select="$copy/p:clock[@state = 'due' or @state = 'paused' or @state = 'overdue']"/>
    <xsl:if test="$running">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'follow-up.due'"/></xsl:call-template>
      <table>
        <row>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.what'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.clock.until'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.now'"/></xsl:call-template>
        </row>
        <xsl:for-each select="$running">
          <row>
            <cell><xsl:call-template name="texts"><xsl:with-param name="of" select="."/></xsl:call-template></cell>
            <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@due"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="concat('work.state.', @state)"/></xsl:call-template>
          </row>
        </xsl:for-each>
      </table>
    </xsl:if>
  </xsl:template>

  <xsl:template name="named-cell">
    <xsl:param name="id"/>
    <xsl:param name="of"/>
    <cell>
      <xsl:choose>
        <xsl:when test="$id"><xsl:call-template name="titled"><xsl:with-param name="of" select="$of"/><xsl:with-param name="id" select="$id"/></xsl:call-template></xsl:when>
        <xsl:otherwise><same>—</same></xsl:otherwise>
      </xsl:choose>
    </cell>
  </xsl:template>

  <xsl:template name="plan-table">
    <xsl:param name="items" select="$case/c:plan/c:item"/>
    <table>
      <row>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'column.need'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'column.service'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.now'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.clock.until'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'column.result'"/></xsl:call-template>
      </row>
      <xsl:for-each select="$items">
        <row>
          <xsl:call-template name="named-cell"><xsl:with-param name="id" select="@need"/><xsl:with-param name="of" select="$catalogue/v:need[@id = current()/@need]"/></xsl:call-template>
          <xsl:call-template name="named-cell"><xsl:with-param name="id" select="@service"/><xsl:with-param name="of" select="$catalogue/v:service[@id = current()/@service]/v:name"/></xsl:call-template>
          <xsl:call-template name="named-cell"><xsl:with-param name="id" select="@state"/><xsl:with-param name="of" select="$moves/l:state[@id = current()/@state]"/></xsl:call-template>
          <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@due"/></xsl:call-template>
          <xsl:call-template name="named-cell"><xsl:with-param name="id" select="@result"/><xsl:with-param name="of" select="$catalogue/v:result[@id = current()/@result]"/></xsl:call-template>
        </row>
      </xsl:for-each>
    </table>
  </xsl:template>
</xsl:stylesheet>

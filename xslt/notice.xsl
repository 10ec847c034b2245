<?xml version="1.0" encoding="UTF-8"?>
<!-- For the person: what was decided, why, and how to ask that it be looked at
     again. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:p="urn:ihala:copy:1" xmlns:c="urn:ihala:case:1"
    xmlns:a="urn:ihala:answers:1" xmlns:e="urn:ihala:assessment:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:k="urn:ihala:consent:1" xmlns:v="urn:ihala:service:1"
    xmlns:l="urn:ihala:lifecycle:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s p c a e i m k v l">
  <xsl:import href="paper.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="kind" select="'notice'"/>
  <xsl:variable name="foot-key" select="'copy.foot'"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about">
      <xsl:with-param name="more"><xsl:call-template name="word-field"><xsl:with-param name="key" select="'document.subject'"/><xsl:with-param name="of" select="'notice.subject'"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.safe'"/></xsl:call-template></note>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'notice.decision'"/></xsl:call-template>
    <xsl:call-template name="decided"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'notice.reasons'"/></xsl:call-template>
    <fields><xsl:for-each select="$decided"><xsl:call-template name="entry-why"/></xsl:for-each></fields>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="$meaning"/></xsl:call-template></p>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'notice.support'"/></xsl:call-template></p>
    <xsl:call-template name="again"/>
    <xsl:call-template name="help-lines"/>
    <sign>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.office'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.person'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.interpreter'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.representative'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
    </sign>
  </xsl:template>
  <xsl:variable name="decided" select="$case/c:determination[@state != 'possible'][last()]"/>
  <xsl:variable name="handed" select="$case/c:served[@of = $decided/@number][last()]"/>
  <xsl:variable name="window" select="/s:sources/s:catalogue/l:lifecycle/l:clock[@id = 'reconsideration-window'][@counts = 'days']/@length"/>
  <xsl:variable name="meaning">
    <xsl:choose>
      <xsl:when test="$decided/@state = 'presumed'">notice.first</xsl:when>
      <xsl:when test="$decided/@state = 'not-confirmed'">notice.not-given</xsl:when>
      <xsl:when test="$decided/@state = 'reconsideration-open'">notice.open</xsl:when>
      <xsl:when test="$decided/@state = 'withdrawn-by-person'">notice.ended</xsl:when>
      <!-- what was upheld is the decision before it -->
      <xsl:when test="$decided/@state = 'upheld' and not($decided/preceding-sibling::c:determination[@state = 'confirmed' or @state = 'not-confirmed'][1]/@state = 'confirmed')">notice.not-given</xsl:when>
      <xsl:otherwise>notice.given</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:template name="decided">
    <fields>
      <xsl:for-each select="$decided">
        <xsl:call-template name="word-field"><xsl:with-param name="key" select="'document.determination'"/><xsl:with-param name="of" select="concat('document.determination.', @state)"/><xsl:with-param name="code" select="@state"/></xsl:call-template>
        <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.date'"/><xsl:with-param name="of" select="@date"/></xsl:call-template>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.body'"/>
          <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="@body"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <xsl:if test="@law">
          <xsl:call-template name="field">
            <xsl:with-param name="key" select="'copy.decided.law'"/>
            <xsl:with-param name="value"><xsl:call-template name="titled"><xsl:with-param name="of" select="$sender/m:law[@id = current()/@law]"/><xsl:with-param name="id" select="@law"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:call-template name="same-field"><xsl:with-param name="key" select="'document.article'"/><xsl:with-param name="of" select="@article"/></xsl:call-template>
      </xsl:for-each>
    </fields>
  </xsl:template>

  <xsl:template name="again">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'notice.again'"/></xsl:call-template>
    <list>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'notice.who'"/></xsl:call-template></item>
      <xsl:if test="$window">
        <item><xsl:call-template name="word"><xsl:with-param name="key" select="'notice.days'"/><xsl:with-param name="with" select="string($window)"/></xsl:call-template></item>
      </xsl:if>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'notice.new'"/></xsl:call-template></item>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'notice.others'"/></xsl:call-template></item>
    </list>
    <xsl:for-each select="$handed">
      <fields>
        <xsl:if test="@until"><xsl:call-template name="date-field"><xsl:with-param name="key" select="'notice.until'"/><xsl:with-param name="of" select="@until"/></xsl:call-template></xsl:if>
        <xsl:call-template name="word-field"><xsl:with-param name="key" select="'notice.read-in'"/><xsl:with-param name="of" select="concat('document.language.', @language)"/><xsl:with-param name="code" select="@language"/></xsl:call-template>
      </fields>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>

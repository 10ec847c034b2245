<?xml version="1.0" encoding="UTF-8"?>
<!-- What the papers made of a questionnaire have in common: its questions in
     their order and with their numbers, section by section. -->
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

  <xsl:variable name="items" select="$form/i:section/i:item"/>

  <xsl:template name="form-title">
    <xsl:param name="more"/>
    <fields>
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="'document.subject'"/>
        <xsl:with-param name="value"><xsl:call-template name="texts"><xsl:with-param name="of" select="$form/i:title"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="same-field"><xsl:with-param name="key" select="'document.reference'"/><xsl:with-param name="of" select="$about-what"/></xsl:call-template>
      <xsl:copy-of select="$more"/>
    </fields>
  </xsl:template>

  <xsl:template name="before">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'questionnaire.before'"/></xsl:call-template>
    <list>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'questionnaire.safe'"/></xsl:call-template>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'questionnaire.neutral'"/></xsl:call-template>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'questionnaire.agree'"/></xsl:call-template>
    </list>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'questionnaire.stop'"/></xsl:call-template></note>
  </xsl:template>

  <!-- Every question with its number; what stands below it is the paper's. -->
  <xsl:template name="all-questions">
    <xsl:for-each select="$items">
      <xsl:variable name="item" select="."/>
      <xsl:variable name="number" select="position()"/>
      <xsl:if test="not(preceding-sibling::i:item)">
        <h><xsl:call-template name="texts"><xsl:with-param name="of" select="../i:title"/></xsl:call-template></h>
        <xsl:call-template name="asked-if"><xsl:with-param name="of" select="../i:ask-if"/></xsl:call-template>
      </xsl:if>
      <p>
        <xsl:for-each select="$tongues">
          <xsl:call-template name="text">
            <xsl:with-param name="say"><xsl:value-of select="concat(ih:apart($number), '. ')"/><xsl:call-template name="pick"><xsl:with-param name="of" select="$item/i:question"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
      </p>
      <xsl:call-template name="asked-if"><xsl:with-param name="of" select="i:ask-if"/></xsl:call-template>
      <xsl:if test="@how != 'ask'">
        <p><xsl:call-template name="word"><xsl:with-param name="key" select="concat('questionnaire.', @how)"/></xsl:call-template></p>
      </xsl:if>
      <xsl:call-template name="below"/>
    </xsl:for-each>
  </xsl:template>

  <!-- By the numbers of the questions that it hangs on. -->
  <xsl:template name="asked-if">
    <xsl:param name="of"/>
    <xsl:if test="$of">
      <xsl:variable name="on">
        <xsl:for-each select="$items">
          <xsl:if test="@id = $of//@item"><xsl:value-of select="concat(position(), ' · ')"/></xsl:if>
        </xsl:for-each>
      </xsl:variable>
      <p>
        <xsl:for-each select="$tongues">
          <xsl:call-template name="text"><xsl:with-param name="say" select="ih:say('questionnaire.if', @tag, ih:apart(substring($on, 1, string-length($on) - 3)))"/></xsl:call-template>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- Below one question; its item is the context. -->
  <xsl:template name="below"/>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- A notification without identity: that somebody was met, and the codes that
     the notification holds; no name, no day, no reference of a case. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:n="urn:ihala:notification:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:i="urn:ihala:instrument:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s n m i">
  <xsl:import href="referral.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="notice" select="/s:sources/s:record/n:notification"/>

  <xsl:template match="/">
    <doc kind="notification" sheet="xslt/notification.xsl" reference="{$notice/@quarter}">
      <xsl:if test="$notice/@training"><xsl:attribute name="training">true</xsl:attribute></xsl:if>
      <xsl:attribute name="title"><xsl:value-of select="ih:word('document.page', $tongues[1]/@tag)"/></xsl:attribute>
      <xsl:call-template name="head"/>
      <title>
        <xsl:call-template name="word"><xsl:with-param name="key" select="'document.notification'"/></xsl:call-template>
      </title>
      <xsl:if test="$notice/@training">
        <watermark><xsl:call-template name="word"><xsl:with-param name="key" select="'document.training'"/></xsl:call-template></watermark>
      </xsl:if>
      <xsl:call-template name="parties"/>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.notification.about'"/></xsl:call-template></p>
      <fields>
        <xsl:for-each select="$notice/n:outcome">
          <xsl:call-template name="field">
            <xsl:with-param name="key" select="'document.outcome'"/>
            <xsl:with-param name="value"><xsl:call-template name="word"><xsl:with-param name="key" select="concat('document.outcome.', @level)"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
        <xsl:call-template name="told"><xsl:with-param name="item" select="'sex'"/><xsl:with-param name="key" select="'document.sex'"/></xsl:call-template>
        <xsl:call-template name="told"><xsl:with-param name="item" select="'age'"/><xsl:with-param name="key" select="'document.age'"/></xsl:call-template>
        <xsl:call-template name="told"><xsl:with-param name="item" select="'exploitation-form'"/><xsl:with-param name="key" select="'document.forms'"/></xsl:call-template>
      </fields>
      <note><xsl:call-template name="word"><xsl:with-param name="key" select="'document.not-determination'"/></xsl:call-template></note>
      <xsl:call-template name="ground"/>
      <xsl:call-template name="signatures"/>
      <xsl:call-template name="foot"/>
    </doc>
  </xsl:template>

  <xsl:template name="parties">
    <fields>
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="'document.quarter'"/>
        <xsl:with-param name="value"><same><xsl:value-of select="$notice/@quarter"/></same></xsl:with-param>
      </xsl:call-template>
      <xsl:if test="$sender">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.from'"/>
          <xsl:with-param name="value"><xsl:call-template name="texts"><xsl:with-param name="of" select="$sender/m:name"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:if>
      <xsl:if test="$addressee">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.to'"/>
          <xsl:with-param name="value"><xsl:call-template name="texts"><xsl:with-param name="of" select="$addressee"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:if>
    </fields>
  </xsl:template>

  <!-- The codes of an item; a band of numbers stands as it is. -->
  <xsl:template name="told">
    <xsl:param name="item"/>
    <xsl:param name="key"/>
    <xsl:variable name="codes" select="$notice/n:answer[@item = $item]/@code"/>
    <xsl:if test="$codes">
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="$key"/>
        <xsl:with-param name="value">
          <xsl:for-each select="$tongues">
            <xsl:call-template name="text">
              <xsl:with-param name="say">
                <xsl:call-template name="joined">
                  <xsl:with-param name="item" select="$item"/>
                  <xsl:with-param name="values" select="$codes"/>
                </xsl:call-template>
              </xsl:with-param>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="ground">
    <xsl:for-each select="$sender/m:profile[@id = $notice/@profile]/m:legal-basis">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'document.law'"/></xsl:call-template>
      <list>
        <item><xsl:call-template name="cited"><xsl:with-param name="label" select="'document.legal-basis'"/><xsl:with-param name="text" select="."/><xsl:with-param name="article" select="ih:apart(@article)"/><xsl:with-param name="status" select="@status"/></xsl:call-template></item>
      </list>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>

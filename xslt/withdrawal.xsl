<?xml version="1.0" encoding="UTF-8"?>
<!-- That consent is taken back, and what follows. -->
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

  <xsl:variable name="kind" select="'withdrawal'"/>
  <xsl:variable name="foot-key" select="'paper.office-only'"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about">
      <xsl:with-param name="more">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.purpose'"/>
          <xsl:with-param name="value"><xsl:call-template name="texts"><xsl:with-param name="of" select="$asked/k:name"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'withdrawal.says'"/></xsl:call-template></p>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'withdrawal.which'"/></xsl:call-template>
    <xsl:call-template name="given-before"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'withdrawal.what'"/></xsl:call-template>
    <list>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'withdrawal.all'"/></xsl:call-template>
      <xsl:call-template name="box"><xsl:with-param name="key" select="'withdrawal.part'"/></xsl:call-template>
    </list>
    <fields>
      <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'copy.consent.recipient'"/></xsl:call-template>
      <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'copy.consent.category'"/></xsl:call-template>
    </fields>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'withdrawal.then'"/></xsl:call-template>
    <list>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'withdrawal.help'"/></xsl:call-template></item>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'withdrawal.told'"/></xsl:call-template></item>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'withdrawal.sent'"/></xsl:call-template></item>
    </list>
    <xsl:call-template name="both-sign"/>
  </xsl:template>
  <xsl:variable name="asked" select="$consented/k:purpose[@id = $purpose]"/>

  <xsl:template name="given-before">
    <table>
      <row>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'document.date'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.consent.recipient'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.consent.category'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'document.until'"/></xsl:call-template>
      </row>
      <xsl:for-each select="$case/c:consent[@purpose = $purpose][@state = 'given']">
        <xsl:variable name="one" select="."/>
        <row>
          <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@date"/></xsl:call-template>
          <cell><xsl:call-template name="party"><xsl:with-param name="code" select="@recipient"/></xsl:call-template></cell>
          <cell>
            <xsl:for-each select="$tongues">
              <xsl:call-template name="text">
                <xsl:with-param name="say"><xsl:call-template name="listed"><xsl:with-param name="codes" select="$one/@category"/><xsl:with-param name="room" select="'category'"/></xsl:call-template></xsl:with-param>
              </xsl:call-template>
            </xsl:for-each>
          </cell>
          <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@until"/></xsl:call-template>
        </row>
      </xsl:for-each>
    </table>
  </xsl:template>
</xsl:stylesheet>

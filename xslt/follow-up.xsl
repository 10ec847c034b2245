<?xml version="1.0" encoding="UTF-8"?>
<!-- What came of the plan to this day, and what is due; with room for the meeting. -->
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

  <xsl:variable name="kind" select="'follow-up'"/>
  <xsl:variable name="foot-key" select="'paper.office-only'"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about"/>
    <xsl:call-template name="standing"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'follow-up.table'"/></xsl:call-template>
    <xsl:call-template name="plan-table"/>
    <xsl:call-template name="not-met"/>
    <xsl:call-template name="views"/>
    <xsl:call-template name="due"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'follow-up.notes'"/></xsl:call-template>
    <fields>
      <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'follow-up.safety'"/></xsl:call-template>
      <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'follow-up.said'"/></xsl:call-template>
      <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'follow-up.next'"/></xsl:call-template>
    </fields>
    <xsl:call-template name="both-sign"/>
  </xsl:template>
  <xsl:template name="not-met">
    <xsl:variable name="open" select="$case/c:plan/c:item[@cause]"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'follow-up.open'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$open">
        <table>
          <row>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'column.need'"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'column.cause'"/></xsl:call-template>
          </row>
          <xsl:for-each select="$open">
            <row>
              <xsl:call-template name="named-cell"><xsl:with-param name="id" select="@need"/><xsl:with-param name="of" select="$catalogue/v:need[@id = current()/@need]"/></xsl:call-template>
              <xsl:call-template name="named-cell"><xsl:with-param name="id" select="@cause"/><xsl:with-param name="of" select="$catalogue/v:cause[@id = current()/@cause]"/></xsl:call-template>
            </row>
          </xsl:for-each>
        </table>
      </xsl:when>
      <xsl:otherwise><p><xsl:call-template name="word"><xsl:with-param name="key" select="'follow-up.open.none'"/></xsl:call-template></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>

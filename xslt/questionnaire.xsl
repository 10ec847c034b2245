<?xml version="1.0" encoding="UTF-8"?>
<!-- A questionnaire with room for the answers, for where there is no device. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:p="urn:ihala:copy:1" xmlns:c="urn:ihala:case:1"
    xmlns:a="urn:ihala:answers:1" xmlns:e="urn:ihala:assessment:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:k="urn:ihala:consent:1" xmlns:v="urn:ihala:service:1"
    xmlns:l="urn:ihala:lifecycle:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s p c a e i m k v l">
  <xsl:import href="form.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="kind" select="'questionnaire'"/>
  <xsl:variable name="foot-key" select="'questionnaire.foot'"/>

  <xsl:template name="body">
    <xsl:call-template name="form-title">
      <xsl:with-param name="more">
        <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'questionnaire.code'"/></xsl:call-template>
        <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'document.date'"/></xsl:call-template>
        <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'questionnaire.who'"/></xsl:call-template>
        <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'questionnaire.where'"/></xsl:call-template>
        <xsl:call-template name="blank-field"><xsl:with-param name="key" select="'document.language'"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="before"/>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'questionnaire.states'"/></xsl:call-template></p>
    <xsl:call-template name="all-questions"/>
  </xsl:template>
  <!-- Who the person is does not go on the sheet of what happened. -->
  <xsl:template name="below">
    <xsl:choose>
      <xsl:when test="@part = 'identity'"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'questionnaire.sealed'"/></xsl:call-template></p></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="room"/>
        <xsl:if test="@how != 'integrate'"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'questionnaire.letters'"/></xsl:call-template></p></xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="room">
    <xsl:if test="@type = 'choices'"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'questionnaire.choose-some'"/></xsl:call-template></p></xsl:if>
    <xsl:choose>
      <!-- a list of countries is written, not ticked -->
      <xsl:when test="@choices and count($form/i:choices[@id = current()/@choices]/i:choice) &lt;= 14">
        <list>
          <xsl:for-each select="$form/i:choices[@id = current()/@choices]/i:choice"><xsl:call-template name="box-of"><xsl:with-param name="of" select="."/></xsl:call-template></xsl:for-each>
        </list>
      </xsl:when>
      <xsl:otherwise>
        <fields>
          <xsl:call-template name="blank-field">
            <xsl:with-param name="key"><xsl:choose><xsl:when test="@type = 'number' or @type = 'date'"><xsl:value-of select="concat('questionnaire.', @type)"/></xsl:when><xsl:otherwise>questionnaire.answer</xsl:otherwise></xsl:choose></xsl:with-param>
          </xsl:call-template>
        </fields>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>

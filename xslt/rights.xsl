<?xml version="1.0" encoding="UTF-8"?>
<!-- For the person: what can be asked for, and where.  It has no data of anybody,
     so that it can be handed to everybody. -->
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

  <xsl:variable name="kind" select="'rights'"/>
  <xsl:variable name="foot-key" select="'paper.no-case'"/>

  <xsl:template name="body">
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'rights.intro'"/></xsl:call-template></p>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'rights.keep'"/></xsl:call-template></note>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'rights.always'"/></xsl:call-template>
    <list>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'rights.choose'"/></xsl:call-template></item>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'rights.language'"/></xsl:call-template></item>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'rights.alone'"/></xsl:call-template></item>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'rights.secret'"/></xsl:call-template></item>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'rights.refuse'"/></xsl:call-template></item>
      <item><xsl:call-template name="word"><xsl:with-param name="key" select="'rights.again'"/></xsl:call-template></item>
    </list>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'rights.danger'"/></xsl:call-template></p>
    <xsl:call-template name="help-lines"/>
    <xsl:call-template name="offered"/>
    <xsl:call-template name="laws"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'rights.data'"/></xsl:call-template>
    <xsl:call-template name="authorities"/>
    <xsl:call-template name="rights"/>
  </xsl:template>

  <!-- What protects; not what is for those who judge. -->
  <xsl:template name="laws">
    <xsl:variable name="rules" select="$sender/m:rule[@id = 'confidentiality' or @id = 'non-punishment' or @id = 'stay' or @id = 'consent-to-exploitation']"/>
    <xsl:if test="$rules">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'rights.law'"/></xsl:call-template>
      <list>
        <xsl:for-each select="$rules">
          <item><xsl:call-template name="cited"><xsl:with-param name="text" select="."/><xsl:with-param name="noun" select="boolean(@article)"/><xsl:with-param name="article" select="ih:apart(@article)"/><xsl:with-param name="status" select="@status"/></xsl:call-template></item>
        </xsl:for-each>
        <xsl:for-each select="$sender/m:law[@id = $rules/@law]"><item><xsl:call-template name="texts"><xsl:with-param name="of" select="."/></xsl:call-template></item></xsl:for-each>
      </list>
    </xsl:if>
  </xsl:template>

  <!-- The law is named once, above. -->
  <xsl:template name="right">
    <xsl:param name="right"/>
    <xsl:variable name="article" select="$sender/m:data-rights/@*[local-name() = $right]"/>
    <item>
      <xsl:for-each select="$tongues">
        <xsl:call-template name="text">
          <xsl:with-param name="say">
            <xsl:value-of select="ih:word(concat('copy.right.', $right), @tag)"/>
            <xsl:if test="$article"><xsl:value-of select="concat(' (', ih:word('document.article.cited', @tag), ' ', ih:apart($article), ')')"/></xsl:if>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
    </item>
  </xsl:template>

  <xsl:template name="authorities">
    <fields>
      <xsl:for-each select="$sender/m:law[@id = $sender/m:data-rights/@law]">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'copy.decided.law'"/>
          <xsl:with-param name="value"><xsl:call-template name="texts"><xsl:with-param name="of" select="."/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:for-each select="$sender/m:body[@kind = 'data-protection']">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'rights.authority'"/>
          <xsl:with-param name="value"><xsl:call-template name="texts"><xsl:with-param name="of" select="m:name"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
    </fields>
  </xsl:template>
</xsl:stylesheet>

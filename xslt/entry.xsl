<?xml version="1.0" encoding="UTF-8"?>
<!-- What was typed into a form of the screens, as the document that a command
     reads.  The command checks it as it checks any other. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:f="urn:ihala:form:1" exclude-result-prefixes="f">
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:key name="typed" match="f:field" use="@name"/>

  <!-- somebody asks for help -->
  <xsl:template match="/f:form[@name = 'request']">
    <request xmlns="urn:ihala:request:1" channel="{key('typed', 'channel')}" danger="{key('typed', 'danger')}">
      <xsl:for-each select="key('typed', 'through') | key('typed', 'language') | key('typed', 'asks') | key('typed', 'training')">
        <xsl:attribute name="{@name}"><xsl:value-of select="."/></xsl:attribute>
      </xsl:for-each>
      <contact safe="{key('typed', 'safe')}">
        <xsl:if test="key('typed', 'how')">
          <xsl:attribute name="how"><xsl:for-each select="key('typed', 'how')"><xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="."/></xsl:for-each></xsl:attribute>
        </xsl:if>
        <xsl:for-each select="key('typed', 'when')"><xsl:attribute name="when"><xsl:value-of select="."/></xsl:attribute></xsl:for-each>
      </contact>
      <xsl:for-each select="key('typed', 'about')"><about><xsl:value-of select="."/></about></xsl:for-each>
      <xsl:if test="key('typed', 'name') | key('typed', 'phone') | key('typed', 'place')">
        <identity>
          <xsl:for-each select="key('typed', 'name')"><name><xsl:value-of select="."/></name></xsl:for-each>
          <xsl:for-each select="key('typed', 'phone')"><phone><xsl:value-of select="."/></phone></xsl:for-each>
          <xsl:for-each select="key('typed', 'place')"><place><xsl:value-of select="."/></place></xsl:for-each>
        </identity>
      </xsl:if>
    </request>
  </xsl:template>

  <!-- one change of a plan: a need more, what became of one, what was said -->
  <xsl:template match="/f:form[@name = 'plan']">
    <changes xmlns="urn:ihala:plan:1" case="{key('typed', 'code')}" version="{key('typed', 'version')}">
      <xsl:for-each select="key('typed', 'review')"><xsl:attribute name="review"><xsl:value-of select="."/></xsl:attribute></xsl:for-each>
      <xsl:choose>
        <xsl:when test="key('typed', 'change') = 'add'">
          <add id="{key('typed', 'item')}" need="{key('typed', 'need')}">
            <xsl:for-each select="key('typed', 'service') | key('typed', 'due')"><xsl:attribute name="{@name}"><xsl:value-of select="."/></xsl:attribute></xsl:for-each>
            <xsl:for-each select="key('typed', 'objective')"><objective><xsl:value-of select="."/></objective></xsl:for-each>
          </add>
        </xsl:when>
        <xsl:when test="key('typed', 'change') = 'move'">
          <move item="{key('typed', 'item')}" event="{key('typed', 'event')}">
            <xsl:for-each select="key('typed', 'provider') | key('typed', 'cause') | key('typed', 'result')"><xsl:attribute name="{@name}"><xsl:value-of select="."/></xsl:attribute></xsl:for-each>
          </move>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="key('typed', 'view')"><view><xsl:value-of select="."/></view></xsl:for-each>
          <xsl:for-each select="key('typed', 'said')"><agreement said="{.}" mode="oral"/></xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </changes>
  </xsl:template>

  <!-- one answer put right, or not -->
  <xsl:template match="/f:form[@name = 'rectification']">
    <rectification xmlns="urn:ihala:rectification:1" asked-by="{key('typed', 'asked-by')}">
      <xsl:choose>
        <xsl:when test="key('typed', 'outcome') = 'refused'">
          <refuse item="{key('typed', 'item')}"><asked><xsl:value-of select="key('typed', 'value')"/></asked><why><xsl:value-of select="key('typed', 'why')"/></why></refuse>
        </xsl:when>
        <xsl:otherwise>
          <correct item="{key('typed', 'item')}"><value><xsl:value-of select="key('typed', 'value')"/></value><why><xsl:value-of select="key('typed', 'why')"/></why></correct>
        </xsl:otherwise>
      </xsl:choose>
    </rectification>
  </xsl:template>

  <!-- a form without a template here makes nothing, and is refused -->
  <xsl:template match="/f:form" priority="-1">
    <xsl:message terminate="yes">a form that is not known</xsl:message>
  </xsl:template>

  <!-- ==== the committee -->

  <!-- An attribute of what was typed, where something was. -->
  <xsl:template name="office-given">
    <xsl:param name="field"/>
    <xsl:param name="as" select="$field"/>
    <xsl:variable name="value" select="normalize-space(key('typed', $field)[1])"/>
    <xsl:if test="$value != ''"><xsl:attribute name="{$as}"><xsl:value-of select="$value"/></xsl:attribute></xsl:if>
  </xsl:template>

  <!-- The choice of a law is "law|article"; a law without articles leaves room
       for one that was typed. -->
  <xsl:template match="/f:form[@name = 'determination']">
    <xsl:variable name="basis" select="key('typed', 'basis')[1]"/>
    <determination xmlns="urn:ihala:determination:1" state="{key('typed', 'state')[1]}" body="{key('typed', 'body')[1]}" law="{substring-before($basis, '|')}">
      <xsl:attribute name="article">
        <xsl:choose>
          <xsl:when test="substring-after($basis, '|') != ''"><xsl:value-of select="substring-after($basis, '|')"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="normalize-space(key('typed', 'article')[1])"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:call-template name="office-given"><xsl:with-param name="field" select="'day'"/><xsl:with-param name="as" select="'date'"/></xsl:call-template>
      <!-- blanks are no reason -->
      <grounds><xsl:if test="string-length(normalize-space(key('typed', 'grounds')[1])) &gt;= 10"><xsl:value-of select="key('typed', 'grounds')[1]"/></xsl:if></grounds>
      <xsl:if test="normalize-space(key('typed', 'differs')[1]) != ''"><differs><xsl:value-of select="key('typed', 'differs')[1]"/></differs></xsl:if>
    </determination>
  </xsl:template>

  <xsl:template match="/f:form[@name = 'provider']">
    <providers xmlns="urn:ihala:provider:1">
      <provider>
        <xsl:call-template name="office-given"><xsl:with-param name="field" select="'id'"/></xsl:call-template>
        <xsl:call-template name="office-given"><xsl:with-param name="field" select="'region'"/></xsl:call-template>
        <xsl:call-template name="office-given"><xsl:with-param name="field" select="'accredited'"/></xsl:call-template>
        <xsl:call-template name="office-given"><xsl:with-param name="field" select="'until'"/></xsl:call-template>
        <xsl:call-template name="office-given"><xsl:with-param name="field" select="'suspended'"/></xsl:call-template>
        <xsl:call-template name="office-given"><xsl:with-param name="field" select="'female-only'"/></xsl:call-template>
        <xsl:call-template name="office-given"><xsl:with-param name="field" select="'languages'"/></xsl:call-template>
        <name>
          <text xml:lang="ar"><xsl:value-of select="key('typed', 'name-ar')[1]"/></text>
          <text xml:lang="fr"><xsl:value-of select="key('typed', 'name-fr')[1]"/></text>
          <text xml:lang="en"><xsl:value-of select="key('typed', 'name-en')[1]"/></text>
        </name>
        <xsl:for-each select="key('typed', 'service')">
          <service id="{.}">
            <xsl:call-template name="office-given"><xsl:with-param name="field" select="concat('places-', .)"/><xsl:with-param name="as" select="'places'"/></xsl:call-template>
            <xsl:call-template name="office-given"><xsl:with-param name="field" select="concat('free-', .)"/><xsl:with-param name="as" select="'free'"/></xsl:call-template>
          </service>
        </xsl:for-each>
        <xsl:call-template name="office-public"><xsl:with-param name="at" select="1"/></xsl:call-template>
        <xsl:if test="normalize-space(key('typed', 'contact')[1]) != ''"><contact><xsl:value-of select="key('typed', 'contact')[1]"/></contact></xsl:if>
      </provider>
    </providers>
  </xsl:template>

  <!-- Group AT and those after it, of which something was said. -->
  <xsl:template name="office-public">
    <xsl:param name="at"/>
    <xsl:if test="$at &lt;= 20">
      <xsl:if test="key('typed', concat('sex-', $at)) | key('typed', concat('from-', $at)) | key('typed', concat('to-', $at))">
        <public xmlns="urn:ihala:provider:1">
          <xsl:call-template name="office-given"><xsl:with-param name="field" select="concat('sex-', $at)"/><xsl:with-param name="as" select="'sex'"/></xsl:call-template>
          <xsl:call-template name="office-given"><xsl:with-param name="field" select="concat('from-', $at)"/><xsl:with-param name="as" select="'from'"/></xsl:call-template>
          <xsl:call-template name="office-given"><xsl:with-param name="field" select="concat('to-', $at)"/><xsl:with-param name="as" select="'to'"/></xsl:call-template>
        </public>
      </xsl:if>
      <xsl:call-template name="office-public"><xsl:with-param name="at" select="$at + 1"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Each standard is "service standard row". -->
  <xsl:template match="/f:form[@name = 'check']">
    <check xmlns="urn:ihala:provider:1" provider="{key('typed', 'id')[1]}" date="{key('typed', 'day')[1]}">
      <xsl:for-each select="key('typed', 'standard')">
        <xsl:variable name="rest" select="substring-after(., ' ')"/>
        <xsl:variable name="row" select="substring-after($rest, ' ')"/>
        <xsl:variable name="state" select="key('typed', concat('state-', $row))[1]"/>
        <xsl:if test="$state">
          <answer service="{substring-before(., ' ')}" standard="{substring-before($rest, ' ')}" state="{$state}">
            <xsl:if test="normalize-space(key('typed', concat('evidence-', $row))[1]) != ''"><evidence><xsl:value-of select="key('typed', concat('evidence-', $row))[1]"/></evidence></xsl:if>
          </answer>
        </xsl:if>
      </xsl:for-each>
    </check>
  </xsl:template>
</xsl:stylesheet>

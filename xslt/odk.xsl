<?xml version="1.0" encoding="UTF-8"?>
<!-- An instrument as a form for phones: an ODK XForm (getodk.github.io/
     xforms-spec) that ODK Collect, Enketo and KoBo load.  Every list ends with
     "not known" and "prefers not to answer", under codes that no list has; a
     number, a date and a text have them as a question of their own. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:h="http://www.w3.org/1999/xhtml"
    xmlns:jr="http://openrosa.org/javarosa"
    xmlns:odk="http://www.opendatakit.org/xforms"
    xmlns:orx="http://openrosa.org/xforms"
    xmlns="http://www.w3.org/2002/xforms" exclude-result-prefixes="ih s i m">
  <xsl:import href="texts.xsl"/>
  <xsl:import href="condition.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:param name="digest"/><!-- of the instrument -->
  <xsl:param name="key"/><!-- RSA, base64 of SubjectPublicKeyInfo; '': none -->
  <xsl:param name="training"/>

  <xsl:variable name="form" select="/s:sources/s:record/i:instrument"/>
  <xsl:variable name="items" select="$form/i:section/i:item"/>
  <xsl:variable name="committee" select="/s:sources/s:sender/m:mechanism/@code"/>
  <!-- said of the interview as a whole -->
  <xsl:variable name="channels" select="'police border hospital ngo hotline self '"/>

  <xsl:template match="/">
    <h:html>
      <h:head>
        <h:title><xsl:value-of select="$form/i:title/i:text[@xml:lang = 'en']"/></h:title>
        <model odk:xforms-version="1.0.0">
          <xsl:if test="$key != ''"><submission base64RsaPublicKey="{$key}"/></xsl:if>
          <itext><xsl:apply-templates select="$tongues"/></itext>
          <instance><xsl:call-template name="data"/></instance>
          <xsl:apply-templates select="$form/i:choices"/>
          <instance id="_channel"><root><xsl:call-template name="channel"/></root></instance>
          <instance id="_state"><root><xsl:call-template name="states"/></root></instance>
          <xsl:call-template name="binds"/>
        </model>
      </h:head>
      <h:body><xsl:call-template name="body"/></h:body>
    </h:html>
  </xsl:template>

  <!-- ==== words -->

  <xsl:template match="s:tongue">
    <xsl:variable name="tongue" select="."/>
    <translation>
      <!-- clients take the tag from the brackets -->
      <xsl:attribute name="lang">
        <xsl:value-of select="concat(ih:word(concat('offline.tongue.', @lang), @lang), ' (', @lang, ')')"/>
      </xsl:attribute>
      <xsl:if test="position() = 1"><xsl:attribute name="default">true()</xsl:attribute></xsl:if>
      <xsl:for-each select="$form/i:section">
        <xsl:call-template name="itext"><xsl:with-param name="id" select="@id"/><xsl:with-param name="of" select="i:title"/><xsl:with-param name="tongue" select="$tongue"/></xsl:call-template>
        <xsl:for-each select="i:item">
          <xsl:variable name="id" select="concat(../@id, '/', @id)"/>
          <xsl:call-template name="itext"><xsl:with-param name="id" select="$id"/><xsl:with-param name="of" select="i:question"/><xsl:with-param name="tongue" select="$tongue"/></xsl:call-template>
          <xsl:if test="i:note"><xsl:call-template name="itext"><xsl:with-param name="id" select="concat($id, ':note')"/><xsl:with-param name="of" select="i:note"/><xsl:with-param name="tongue" select="$tongue"/></xsl:call-template></xsl:if>
        </xsl:for-each>
      </xsl:for-each>
      <xsl:for-each select="$form/i:choices/i:choice">
        <xsl:call-template name="itext"><xsl:with-param name="id" select="concat(../@id, ':', @code)"/><xsl:with-param name="of" select="."/><xsl:with-param name="tongue" select="$tongue"/></xsl:call-template>
      </xsl:for-each>
      <xsl:call-template name="itext-words">
        <xsl:with-param name="keys" select="'offline.about offline.about.date offline.about.channel offline.about.language offline.about.language.note offline.about.stopped offline.unknown offline.refused offline.why offline.least-most offline.alone offline.date-form offline.yes offline.no copy.channel.police copy.channel.border copy.channel.hospital copy.channel.ngo copy.channel.hotline copy.channel.self '"/>
      </xsl:call-template>
    </translation>
  </xsl:template>
  <xsl:template name="itext">
    <xsl:param name="id"/>
    <xsl:param name="of"/>
    <xsl:param name="tongue"/>
    <xsl:for-each select="$tongue">
      <text id="{$id}"><value><xsl:call-template name="pick"><xsl:with-param name="of" select="$of"/></xsl:call-template></value></text>
    </xsl:for-each>
  </xsl:template>
  <xsl:template name="itext-words">
    <xsl:param name="keys"/>
    <xsl:if test="$keys != ''">
      <xsl:variable name="one" select="substring-before($keys, ' ')"/>
      <text id="{$one}"><value><xsl:value-of select="ih:word($one, @tag)"/></value></text>
      <xsl:call-template name="itext-words"><xsl:with-param name="keys" select="substring-after($keys, ' ')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- ==== what is filled in -->

  <xsl:template name="data">
    <data id="{$form/@id}" version="{$form/@version}">
      <_interview>
        <digest><xsl:value-of select="$digest"/></digest>
        <committee><xsl:value-of select="$committee"/></committee>
        <xsl:if test="$training != ''"><training>true</training></xsl:if>
        <date/><channel/><language/>
      </_interview>
      <xsl:for-each select="$form/i:section">
        <xsl:element name="{@id}">
          <xsl:for-each select="i:item">
            <xsl:element name="{@id}"/>
            <xsl:if test="not(@choices) and @how != 'integrate'"><xsl:element name="{@id}_why"/></xsl:if>
          </xsl:for-each>
        </xsl:element>
      </xsl:for-each>
      <_end><stopped/></_end>
      <orx:meta><orx:instanceID/></orx:meta>
    </data>
  </xsl:template>

  <xsl:template match="i:choices">
    <instance id="{@id}">
      <root>
        <xsl:for-each select="i:choice">
          <item><itextId><xsl:value-of select="concat(../@id, ':', @code)"/></itextId><name><xsl:value-of select="@code"/></name></item>
        </xsl:for-each>
        <xsl:call-template name="states"/>
      </root>
    </instance>
  </xsl:template>
  <xsl:template name="states">
    <item><itextId>offline.unknown</itextId><name>_unknown</name></item>
    <item><itextId>offline.refused</itextId><name>_refused</name></item>
  </xsl:template>
  <xsl:template name="channel">
    <xsl:param name="of" select="$channels"/>
    <xsl:if test="$of != ''">
      <item><itextId><xsl:value-of select="concat('copy.channel.', substring-before($of, ' '))"/></itextId><name><xsl:value-of select="substring-before($of, ' ')"/></name></item>
      <xsl:call-template name="channel"><xsl:with-param name="of" select="substring-after($of, ' ')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- ==== when it is asked, and what fits -->

  <xsl:template name="binds">
    <bind nodeset="/data/_interview/digest" type="string" readonly="true()"/>
    <bind nodeset="/data/_interview/committee" type="string" readonly="true()"/>
    <bind nodeset="/data/_interview/date" type="date" jr:preload="date" jr:preloadParams="today" required="true()"/>
    <bind nodeset="/data/_interview/channel" type="string" required="true()"/>
    <bind nodeset="/data/_interview/language" type="string" required="true()" constraint="regex(., '^[a-z][a-z][a-z]?$')" jr:constraintMsg="jr:itext('offline.about.language.note')"/>
    <xsl:for-each select="$form/i:section">
      <xsl:if test="i:ask-if">
        <bind nodeset="/data/{@id}"><xsl:attribute name="relevant"><xsl:apply-templates select="i:ask-if/*" mode="true"/></xsl:attribute></bind>
      </xsl:if>
      <xsl:apply-templates select="i:item" mode="bind"/>
    </xsl:for-each>
    <bind nodeset="/data/_end/stopped" type="string"/>
    <bind nodeset="/data/orx:meta/orx:instanceID" type="string" jr:preload="uid" readonly="true()"/>
  </xsl:template>

  <xsl:template match="i:item" mode="bind">
    <xsl:variable name="at"><xsl:call-template name="path"/></xsl:variable>
    <xsl:variable name="if"><xsl:apply-templates select="i:ask-if/*" mode="true"/></xsl:variable>
    <bind nodeset="{$at}">
      <xsl:attribute name="type"><xsl:choose><xsl:when test="@type = 'number'">int</xsl:when><xsl:otherwise>string</xsl:otherwise></xsl:choose></xsl:attribute>
      <xsl:if test="$if != ''"><xsl:attribute name="relevant"><xsl:value-of select="$if"/></xsl:attribute></xsl:if>
      <xsl:choose>
        <xsl:when test="@type = 'number'">
          <xsl:attribute name="constraint"><xsl:value-of select="concat('. &gt;= ', @least, ' and . &lt;= ', @most)"/></xsl:attribute>
          <xsl:attribute name="jr:constraintMsg">jr:itext('offline.least-most')</xsl:attribute>
        </xsl:when>
        <!-- the day or the month may not be known -->
        <xsl:when test="@type = 'date'">
          <xsl:attribute name="constraint">regex(., '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$')</xsl:attribute>
          <xsl:attribute name="jr:constraintMsg">jr:itext('offline.date-form')</xsl:attribute>
        </xsl:when>
        <xsl:when test="@type = 'choices'">
          <xsl:attribute name="constraint">not((selected(., '_unknown') or selected(., '_refused')) and count-selected(.) &gt; 1)</xsl:attribute>
          <xsl:attribute name="jr:constraintMsg">jr:itext('offline.alone')</xsl:attribute>
        </xsl:when>
      </xsl:choose>
    </bind>
    <xsl:if test="not(@choices) and @how != 'integrate'">
      <bind nodeset="{$at}_why" type="string">
        <xsl:attribute name="relevant">
          <xsl:if test="$if != ''"><xsl:value-of select="concat($if, ' and ')"/></xsl:if>
          <xsl:value-of select='concat($at, " = &apos;&apos;")'/>
        </xsl:attribute>
      </bind>
    </xsl:if>
  </xsl:template>

  <!-- ==== what is shown -->

  <xsl:template name="body">
    <group ref="/data/_interview">
      <label ref="jr:itext('offline.about')"/>
      <input ref="/data/_interview/date"><label ref="jr:itext('offline.about.date')"/></input>
      <xsl:call-template name="select"><xsl:with-param name="at" select="'/data/_interview/channel'"/><xsl:with-param name="label" select="'offline.about.channel'"/><xsl:with-param name="list" select="'_channel'"/></xsl:call-template>
      <input ref="/data/_interview/language"><label ref="jr:itext('offline.about.language')"/><hint ref="jr:itext('offline.about.language.note')"/></input>
    </group>
    <xsl:for-each select="$form/i:section">
      <group ref="/data/{@id}">
        <label ref="jr:itext('{@id}')"/>
        <xsl:apply-templates select="i:item" mode="body"/>
      </group>
    </xsl:for-each>
    <select1 ref="/data/_end/stopped">
      <label ref="jr:itext('offline.about.stopped')"/>
      <item><label ref="jr:itext('offline.yes')"/><value>yes</value></item>
      <item><label ref="jr:itext('offline.no')"/><value>no</value></item>
    </select1>
  </xsl:template>

  <xsl:template match="i:item" mode="body">
    <xsl:variable name="at"><xsl:call-template name="path"/></xsl:variable>
    <xsl:variable name="label" select="concat(../@id, '/', @id)"/>
    <xsl:choose>
      <xsl:when test="@choices">
        <xsl:call-template name="select">
          <xsl:with-param name="at" select="$at"/>
          <xsl:with-param name="label" select="$label"/>
          <xsl:with-param name="note" select="i:note"/>
          <xsl:with-param name="list" select="@choices"/>
          <xsl:with-param name="which"><xsl:if test="@how = 'integrate'">[not(starts-with(name, '_'))]</xsl:if></xsl:with-param>
          <xsl:with-param name="many" select="@type = 'choices'"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <input ref="{$at}">
          <label ref="jr:itext('{$label}')"/>
          <xsl:if test="i:note"><hint ref="jr:itext('{$label}:note')"/></xsl:if>
        </input>
        <xsl:if test="@how != 'integrate'">
          <xsl:call-template name="select"><xsl:with-param name="at" select="concat($at, '_why')"/><xsl:with-param name="label" select="'offline.why'"/><xsl:with-param name="list" select="'_state'"/></xsl:call-template>
        </xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="select">
    <xsl:param name="at"/>
    <xsl:param name="label"/>
    <xsl:param name="note"/>
    <xsl:param name="list"/>
    <xsl:param name="which"/>
    <xsl:param name="many" select="false()"/>
    <xsl:variable name="inside">
      <label ref="jr:itext('{$label}')"/>
      <xsl:if test="$note"><hint ref="jr:itext('{$label}:note')"/></xsl:if>
      <itemset nodeset="instance('{$list}')/root/item{$which}"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$many"><select ref="{$at}"><xsl:copy-of select="$inside"/></select></xsl:when>
      <xsl:otherwise><select1 ref="{$at}"><xsl:copy-of select="$inside"/></select1></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>

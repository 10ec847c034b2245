<?xml version="1.0" encoding="UTF-8"?>
<!-- The referral letter: what one committee tells another, no more than the
     record that was cut for it holds. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:c="urn:ihala:case:1" xmlns:a="urn:ihala:answers:1"
    xmlns:e="urn:ihala:assessment:1" xmlns:f="urn:ihala:framework:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s c a e f i m">
  <xsl:import href="texts.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:param name="made"/>
  <xsl:param name="digest"/>
  <xsl:param name="referral"/>
  <xsl:param name="body"/>

  <!-- what a referral of a particular sort has of its own -->
  <xsl:variable name="kind" select="'referral'"/>
  <xsl:variable name="title-key" select="'document.referral'"/>
  <xsl:variable name="subject-key" select="'document.subject.referral'"/>
  <xsl:template name="ask"/>

  <xsl:variable name="case" select="/s:sources/s:record/c:case"/>
  <xsl:variable name="sender" select="/s:sources/s:sender/m:mechanism"/>
  <xsl:variable name="recipient" select="/s:sources/s:recipient/m:mechanism"/>
  <!-- by name: a body of the sender's country, or the other committee -->
  <xsl:variable name="addressee" select="$sender/m:body[@id = $body]/m:name | $recipient/m:name[not($sender/m:body[@id = $body])]"/>
  <xsl:variable name="instrument" select="/s:sources/s:instrument/i:instrument"/>
  <xsl:variable name="framework" select="/s:sources/s:framework/f:framework"/>
  <xsl:variable name="given" select="$case/a:answers/a:answer[a:value]"/>
  <xsl:variable name="identity" select="$case/c:identity/a:answer[a:value]"/>
  <xsl:variable name="assessment" select="$case/e:assessment[@framework = $framework/@id][last()] | $case/e:assessment[1][not($framework)]"/>
  <xsl:variable name="about" select="$case/c:referral[$referral = '' and position() = last() or @id = $referral]"/>
  <xsl:variable name="reference">
    <xsl:choose>
      <xsl:when test="$case/@pseudonym"><xsl:value-of select="$case/@pseudonym"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$case/@code"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="unsafe" select="$given[@item = 'safe-now']/a:value = 'no'"/>
  <xsl:variable name="medical" select="$given[@item = 'urgent-medical']/a:value = 'yes'"/>
  <xsl:variable name="doubt" select="$given[@item = 'age-doubt']/a:value = 'yes'"/>
  <xsl:variable name="child" select="$given[@item = 'age']/a:value &lt; 18 or $doubt"/>

  <xsl:template match="/">
    <doc kind="{$kind}" sheet="xslt/{$kind}.xsl" made="{$made}" reference="{$reference}">
      <xsl:if test="$case/@training"><xsl:attribute name="training">true</xsl:attribute></xsl:if>
      <xsl:if test="$unsafe or $medical"><xsl:attribute name="urgent">true</xsl:attribute></xsl:if>
      <xsl:attribute name="title">
        <xsl:value-of select="concat(ih:word('document.page', $tongues[1]/@tag), ' ', $reference)"/>
      </xsl:attribute>
      <xsl:call-template name="head"/>
      <title>
        <xsl:call-template name="word"><xsl:with-param name="key" select="$title-key"/></xsl:call-template>
      </title>
      <xsl:if test="$case/@training">
        <watermark><xsl:call-template name="word"><xsl:with-param name="key" select="'document.training'"/></xsl:call-template></watermark>
      </xsl:if>
      <xsl:call-template name="address"/>
      <xsl:call-template name="urgency"/>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.greeting'"/></xsl:call-template></p>
      <xsl:call-template name="ask"/>
      <xsl:call-template name="services"/>
      <xsl:call-template name="person"/>
      <xsl:call-template name="contact"/>
      <xsl:call-template name="findings"/>
      <xsl:call-template name="determinations"/>
      <xsl:call-template name="consents"/>
      <xsl:call-template name="law"/>
      <xsl:call-template name="hotlines"/>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.closing'"/></xsl:call-template></p>
      <xsl:call-template name="signatures"/>
      <xsl:call-template name="foot"/>
    </doc>
  </xsl:template>

  <!-- ==== head and address -->

  <!-- A line stands in the tongues its country writes it in. -->
  <xsl:template name="head">
    <head>
      <xsl:for-each select="$sender/m:header/m:line">
        <xsl:variable name="line" select="."/>
        <xsl:if test="m:text[@xml:lang = $tongues/@lang]">
          <line>
            <xsl:for-each select="$tongues[@lang = $line/m:text/@xml:lang]">
              <xsl:call-template name="text">
                <xsl:with-param name="say" select="$line/m:text[@xml:lang = current()/@lang]"/>
              </xsl:call-template>
            </xsl:for-each>
          </line>
        </xsl:if>
      </xsl:for-each>
    </head>
  </xsl:template>

  <!-- The day of the paper itself: with its day of the Islamic calendar where
       the country's letters have it. -->
  <xsl:template name="date-line">
    <xsl:param name="of" select="$made"/>
    <xsl:call-template name="field">
      <xsl:with-param name="key" select="'document.date'"/>
      <xsl:with-param name="value">
        <xsl:for-each select="$tongues">
          <xsl:call-template name="text">
            <xsl:with-param name="say">
              <xsl:choose>
                <xsl:when test="$sender/m:header/m:hijri"><xsl:value-of select="ih:dated($of, @tag)"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="ih:date($of, @tag)"/></xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="address">
    <fields>
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="'document.reference'"/>
        <xsl:with-param name="value"><same><xsl:value-of select="$reference"/></same></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="date-line"/>
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
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="'document.subject'"/>
        <xsl:with-param name="value"><xsl:call-template name="word"><xsl:with-param name="key" select="$subject-key"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
    </fields>
  </xsl:template>

  <!-- Danger is judged apart from likelihood, and comes first. -->
  <xsl:template name="urgency">
    <xsl:if test="$unsafe or $medical">
      <alert>
        <line><xsl:call-template name="word"><xsl:with-param name="key" select="'document.urgent'"/></xsl:call-template></line>
        <xsl:if test="$unsafe">
          <line><xsl:call-template name="word"><xsl:with-param name="key" select="'document.urgent.safety'"/></xsl:call-template></line>
        </xsl:if>
        <xsl:if test="$medical">
          <line><xsl:call-template name="word"><xsl:with-param name="key" select="'document.urgent.medical'"/></xsl:call-template></line>
        </xsl:if>
      </alert>
    </xsl:if>
  </xsl:template>

  <!-- ==== services -->

  <!-- The words of a code of an item's choice list. -->
  <xsl:template name="choice">
    <xsl:param name="item"/>
    <xsl:param name="code"/>
    <xsl:variable name="list" select="$instrument//i:item[@id = $item]/@choices"/>
    <xsl:variable name="choice" select="$instrument/i:choices[@id = $list]/i:choice[@code = $code]"/>
    <xsl:choose>
      <xsl:when test="$choice">
        <xsl:call-template name="texts"><xsl:with-param name="of" select="$choice"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$tongues">
          <xsl:call-template name="text"><xsl:with-param name="say" select="ih:isolate($code)"/></xsl:call-template>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="services">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'document.services'"/></xsl:call-template>
    <xsl:variable name="asked" select="$about/c:service/@code | $given[@item = 'needs'][not($about/c:service)]/a:value"/>
    <xsl:choose>
      <xsl:when test="not($asked)">
        <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.services.none'"/></xsl:call-template></p>
      </xsl:when>
      <xsl:when test="$recipient/m:service[@need = $asked]">
        <table>
          <row>
            <cell><xsl:call-template name="word"><xsl:with-param name="key" select="'document.service'"/></xsl:call-template></cell>
            <cell><xsl:call-template name="word"><xsl:with-param name="key" select="'document.services.there'"/></xsl:call-template></cell>
          </row>
          <xsl:for-each select="$asked">
            <xsl:variable name="code" select="string(.)"/>
            <row>
              <cell><xsl:call-template name="choice"><xsl:with-param name="item" select="'needs'"/><xsl:with-param name="code" select="$code"/></xsl:call-template></cell>
              <cell>
                <xsl:choose>
                  <xsl:when test="$recipient/m:service[@need = $code]">
                    <xsl:call-template name="texts"><xsl:with-param name="of" select="$recipient/m:service[@need = $code][1]"/></xsl:call-template>
                  </xsl:when>
                  <xsl:otherwise><same>—</same></xsl:otherwise>
                </xsl:choose>
              </cell>
            </row>
          </xsl:for-each>
        </table>
      </xsl:when>
      <xsl:otherwise>
        <list>
          <xsl:for-each select="$asked">
            <item><xsl:call-template name="choice"><xsl:with-param name="item" select="'needs'"/><xsl:with-param name="code" select="string(.)"/></xsl:call-template></item>
          </xsl:for-each>
        </list>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== the person -->

  <xsl:template name="person">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'document.person'"/></xsl:call-template>
    <xsl:if test="not($identity)">
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.person.withheld'"/></xsl:call-template></p>
    </xsl:if>
    <xsl:if test="$child">
      <note><xsl:call-template name="word"><xsl:with-param name="key" select="'document.age.child'"/></xsl:call-template></note>
    </xsl:if>
    <xsl:variable name="rows">
      <xsl:for-each select="$identity[@item = 'name' or @item = 'name-latin' or @item = 'phone' or @item = 'contact-note']">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="concat('document.', @item)"/>
          <xsl:with-param name="value"><same><xsl:value-of select="a:value"/></same></xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:for-each select="$identity[@item = 'birth-date']">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.birth-date'"/>
          <xsl:with-param name="value"><xsl:call-template name="date"><xsl:with-param name="of" select="a:value"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:for-each select="$given[@item = 'age']">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.age'"/>
          <xsl:with-param name="value"><xsl:call-template name="word"><xsl:with-param name="key" select="'document.age.years'"/><xsl:with-param name="with" select="string(a:value)"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:if test="$doubt">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.age'"/>
          <xsl:with-param name="value"><xsl:call-template name="word"><xsl:with-param name="key" select="'document.age.doubt'"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:if>
      <xsl:call-template name="choice-field"><xsl:with-param name="item" select="'sex'"/><xsl:with-param name="key" select="'document.sex'"/></xsl:call-template>
      <xsl:call-template name="choice-field"><xsl:with-param name="item" select="'citizenship'"/><xsl:with-param name="key" select="'document.citizenship'"/></xsl:call-template>
      <xsl:for-each select="$case/a:answers/a:interview/@language">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.language'"/>
          <xsl:with-param name="value">
            <xsl:choose>
              <xsl:when test="ih:has-word(concat('document.language.', .))">
                <xsl:call-template name="word"><xsl:with-param name="key" select="concat('document.language.', .)"/></xsl:call-template>
              </xsl:when>
              <xsl:otherwise><same><xsl:value-of select="."/></same></xsl:otherwise>
            </xsl:choose>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:call-template name="choice-field"><xsl:with-param name="item" select="'exploitation-form'"/><xsl:with-param name="key" select="'document.forms'"/></xsl:call-template>
      <xsl:call-template name="choice-field"><xsl:with-param name="item" select="'exploitation-country'"/><xsl:with-param name="key" select="'document.where'"/></xsl:call-template>
    </xsl:variable>
    <xsl:if test="string($rows) != ''"><fields><xsl:copy-of select="$rows"/></fields></xsl:if>
  </xsl:template>

  <!-- The values of an item in one field, as a list in each tongue. -->
  <xsl:template name="choice-field">
    <xsl:param name="item"/>
    <xsl:param name="key"/>
    <xsl:variable name="values" select="$given[@item = $item]/a:value"/>
    <xsl:if test="$values">
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="$key"/>
        <xsl:with-param name="value">
          <xsl:for-each select="$tongues">
            <xsl:call-template name="text">
              <xsl:with-param name="say">
                <xsl:call-template name="joined">
                  <xsl:with-param name="item" select="$item"/>
                  <xsl:with-param name="values" select="$values"/>
                </xsl:call-template>
              </xsl:with-param>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="joined">
    <xsl:param name="item"/>
    <xsl:param name="values"/>
    <xsl:variable name="tongue" select="."/>
    <xsl:variable name="list" select="$instrument//i:item[@id = $item]/@choices"/>
    <xsl:for-each select="$values">
      <xsl:variable name="code" select="string(.)"/>
      <xsl:variable name="choice" select="$instrument/i:choices[@id = $list]/i:choice[@code = $code]"/>
      <xsl:if test="position() != 1">
        <xsl:choose>
          <xsl:when test="$tongue/@lang = 'ar'">، </xsl:when>
          <xsl:otherwise>, </xsl:otherwise>
        </xsl:choose>
      </xsl:if>
      <xsl:for-each select="$tongue">
        <xsl:choose>
          <xsl:when test="$choice"><xsl:call-template name="pick"><xsl:with-param name="of" select="$choice"/></xsl:call-template></xsl:when>
          <xsl:otherwise><xsl:value-of select="ih:isolate($code)"/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="contact">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'document.contact'"/></xsl:call-template>
    <xsl:variable name="by" select="$given[@item = 'safe-contact']/a:value"/>
    <xsl:choose>
      <xsl:when test="$by">
        <list><item><xsl:call-template name="choice"><xsl:with-param name="item" select="'safe-contact'"/><xsl:with-param name="code" select="string($by)"/></xsl:call-template></item></list>
      </xsl:when>
      <xsl:otherwise>
        <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.contact.unknown'"/></xsl:call-template></p>
      </xsl:otherwise>
    </xsl:choose>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'document.contact.caution'"/></xsl:call-template></note>
  </xsl:template>

  <!-- ==== what the answers support -->

  <xsl:template name="findings">
    <xsl:if test="$assessment">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'document.findings'"/></xsl:call-template>
      <fields>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.outcome'"/>
          <xsl:with-param name="value"><xsl:call-template name="word"><xsl:with-param name="key" select="concat('document.outcome.', $assessment/e:outcome/@level)"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </fields>
      <xsl:call-template name="rows-met"/>
      <xsl:if test="$assessment/e:dimension">
        <table>
          <row>
            <cell><xsl:call-template name="word"><xsl:with-param name="key" select="'document.criterion'"/></xsl:call-template></cell>
            <cell><xsl:call-template name="word"><xsl:with-param name="key" select="'document.finding'"/></xsl:call-template></cell>
          </row>
          <xsl:for-each select="$assessment/e:dimension">
            <row>
              <cell><xsl:call-template name="titled"><xsl:with-param name="of" select="$framework/f:dimension[@id = current()/@id]/f:title"/><xsl:with-param name="id" select="@id"/></xsl:call-template></cell>
              <cell><xsl:call-template name="word"><xsl:with-param name="key" select="concat('document.dimension.', @positive)"/></xsl:call-template></cell>
            </row>
          </xsl:for-each>
        </table>
      </xsl:if>
      <xsl:call-template name="indicators"/>
      <xsl:variable name="open" select="$assessment/e:unanswered/@blank + $assessment/e:unanswered/@unknown + $assessment/e:unanswered/@refused"/>
      <xsl:if test="$open &gt; 0">
        <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.unanswered'"/><xsl:with-param name="with" select="string($open)"/></xsl:call-template></p>
      </xsl:if>
      <xsl:if test="$assessment/@framework-status != 'verified'">
        <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.provisional'"/></xsl:call-template></p>
      </xsl:if>
    </xsl:if>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'document.not-determination'"/></xsl:call-template></note>
  </xsl:template>

  <xsl:template name="titled">
    <xsl:param name="of"/>
    <xsl:param name="id"/>
    <xsl:choose>
      <xsl:when test="$of"><xsl:call-template name="texts"><xsl:with-param name="of" select="$of"/></xsl:call-template></xsl:when>
      <xsl:otherwise><same><xsl:value-of select="$id"/></same></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The rows of the rule that were met with certainty, at the level reached:
       the reason.  A lower row may say "so far" of what a higher one found. -->
  <xsl:template name="rows-met">
    <xsl:variable name="all" select="($framework/f:outcome-rule/f:row | $framework/f:any-rule/f:row | $framework/f:points-rule/f:band)[@id = $assessment/e:outcome/e:row/@id]"/>
    <xsl:variable name="met" select="$all[@level = 'indicated' or not($all/@level = 'indicated')]"/>
    <xsl:if test="$met">
      <list>
        <xsl:for-each select="$met">
          <item><xsl:call-template name="texts"><xsl:with-param name="of" select="."/></xsl:call-template></item>
        </xsl:for-each>
      </list>
    </xsl:if>
  </xsl:template>

  <xsl:template name="indicators">
    <xsl:variable name="present" select="$assessment/e:dimension/e:indicator[@present = 'true']"/>
    <xsl:if test="$present">
      <table>
        <row>
          <cell><xsl:call-template name="word"><xsl:with-param name="key" select="'document.indicator'"/></xsl:call-template></cell>
          <cell><xsl:call-template name="word"><xsl:with-param name="key" select="'document.because'"/></xsl:call-template></cell>
        </row>
        <xsl:for-each select="$present">
          <xsl:variable name="because" select="$instrument//i:item[@id = current()/e:because/@item]/i:question"/>
          <row>
            <cell><xsl:call-template name="titled"><xsl:with-param name="of" select="$framework/f:dimension/f:indicator[@id = current()/@id]"/><xsl:with-param name="id" select="@id"/></xsl:call-template></cell>
            <cell>
              <xsl:choose>
                <xsl:when test="$because"><xsl:call-template name="texts"><xsl:with-param name="of" select="$because[1]"/></xsl:call-template></xsl:when>
                <xsl:otherwise><same>—</same></xsl:otherwise>
              </xsl:choose>
            </cell>
          </row>
        </xsl:for-each>
      </table>
    </xsl:if>
  </xsl:template>

  <xsl:template name="determinations">
    <xsl:for-each select="$case/c:determination[last()]">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'document.determination'"/></xsl:call-template>
      <fields>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.determination'"/>
          <xsl:with-param name="value"><xsl:call-template name="word"><xsl:with-param name="key" select="concat('document.determination.', @state)"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.body'"/>
          <xsl:with-param name="value"><xsl:call-template name="titled"><xsl:with-param name="of" select="$sender/m:body[@id = current()/@body]/m:name"/><xsl:with-param name="id" select="@body"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.article'"/>
          <xsl:with-param name="value"><same><xsl:value-of select="@article"/></same></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.date'"/>
          <xsl:with-param name="value"><xsl:call-template name="date"><xsl:with-param name="of" select="@date"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </fields>
    </xsl:for-each>
  </xsl:template>

  <!-- ==== consent -->

  <xsl:template name="consents">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'document.consent'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$case/c:consent">
        <table>
          <row>
            <cell><xsl:call-template name="word"><xsl:with-param name="key" select="'document.purpose'"/></xsl:call-template></cell>
            <cell><xsl:call-template name="word"><xsl:with-param name="key" select="'document.answer'"/></xsl:call-template></cell>
            <cell><xsl:call-template name="word"><xsl:with-param name="key" select="'document.recipient'"/></xsl:call-template></cell>
            <cell><xsl:call-template name="word"><xsl:with-param name="key" select="'document.date'"/></xsl:call-template></cell>
          </row>
          <xsl:apply-templates select="$case/c:consent"/>
        </table>
      </xsl:when>
      <xsl:otherwise>
        <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.consent.none'"/></xsl:call-template></p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="c:consent">
    <xsl:variable name="purpose" select="concat('document.purpose.', @purpose)"/>
    <row>
      <cell>
        <xsl:choose>
          <xsl:when test="ih:has-word($purpose)"><xsl:call-template name="word"><xsl:with-param name="key" select="$purpose"/></xsl:call-template></xsl:when>
          <xsl:otherwise><xsl:call-template name="word"><xsl:with-param name="key" select="'document.purpose.other'"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
      </cell>
      <cell><xsl:call-template name="word"><xsl:with-param name="key" select="concat('document.consent.', @state)"/></xsl:call-template></cell>
      <cell>
        <xsl:choose>
          <xsl:when test="@recipient = 'any'"><xsl:call-template name="word"><xsl:with-param name="key" select="'document.recipient.any'"/></xsl:call-template></xsl:when>
          <xsl:when test="$sender/m:body[@id = current()/@recipient]"><xsl:call-template name="texts"><xsl:with-param name="of" select="$sender/m:body[@id = current()/@recipient]/m:name"/></xsl:call-template></xsl:when>
          <xsl:when test="$recipient[@code = current()/@recipient]"><xsl:call-template name="texts"><xsl:with-param name="of" select="$recipient/m:short"/></xsl:call-template></xsl:when>
          <xsl:otherwise><same><xsl:value-of select="@recipient"/></same></xsl:otherwise>
        </xsl:choose>
      </cell>
      <cell><xsl:call-template name="date"><xsl:with-param name="of" select="@date"/></xsl:call-template></cell>
    </row>
  </xsl:template>

  <!-- ==== law and hotlines -->

  <xsl:template name="law">
    <xsl:if test="$sender">
      <xsl:variable name="profile" select="$sender/m:profile[@id = $case/@profile or not($case/@profile) and @id = 'referral'][1]"/>
      <xsl:variable name="offence" select="$sender/m:law[m:element][1]"/>
      <xsl:call-template name="h"><xsl:with-param name="key" select="'document.law'"/></xsl:call-template>
      <list>
        <xsl:for-each select="$profile/m:legal-basis">
          <item><xsl:call-template name="cited"><xsl:with-param name="label" select="'document.legal-basis'"/><xsl:with-param name="text" select="."/><xsl:with-param name="noun" select="true()"/><xsl:with-param name="article" select="ih:apart(@article)"/><xsl:with-param name="status" select="@status"/></xsl:call-template></item>
        </xsl:for-each>
        <xsl:if test="$offence">
          <item>
            <xsl:call-template name="cited">
              <xsl:with-param name="label" select="'document.law.offence'"/>
              <xsl:with-param name="text" select="$offence"/>
              <xsl:with-param name="article">
                <xsl:for-each select="$offence/m:element[not(@article = preceding-sibling::m:element/@article)]">
                  <xsl:if test="position() != 1"> · </xsl:if>
                  <xsl:value-of select="ih:apart(@article)"/>
                </xsl:for-each>
              </xsl:with-param>
              <xsl:with-param name="status" select="$offence/m:element[@status != 'verified'][1]/@status"/>
            </xsl:call-template>
          </item>
        </xsl:if>
        <xsl:if test="$child and $sender/m:waiver">
          <item><xsl:call-template name="cited"><xsl:with-param name="text" select="$sender/m:waiver"/><xsl:with-param name="article" select="ih:apart($sender/m:waiver/@article)"/><xsl:with-param name="status" select="$sender/m:waiver/@status"/></xsl:call-template></item>
        </xsl:if>
      </list>
    </xsl:if>
  </xsl:template>

  <!-- "Label: text, article N", in each tongue; the article is isolated. -->
  <xsl:template name="cited">
    <xsl:param name="label"/>
    <xsl:param name="text"/>
    <xsl:param name="article"/>
    <!-- the noun for "article" differs from law to law: only where known -->
    <xsl:param name="noun" select="false()"/>
    <xsl:param name="status"/>
    <xsl:for-each select="$tongues">
      <xsl:call-template name="text">
        <xsl:with-param name="say">
          <xsl:if test="$label != ''">
            <xsl:value-of select="ih:word($label, @tag)"/>
            <xsl:if test="@lang = 'fr'"><xsl:text>&#160;</xsl:text></xsl:if>
            <xsl:text>: </xsl:text>
          </xsl:if>
          <xsl:call-template name="pick"><xsl:with-param name="of" select="$text"/></xsl:call-template>
          <xsl:if test="$article != ''">
            <xsl:choose>
              <xsl:when test="@lang = 'ar'">، </xsl:when>
              <xsl:otherwise>, </xsl:otherwise>
            </xsl:choose>
            <xsl:if test="$noun"><xsl:value-of select="concat(ih:word('document.article.cited', @tag), ' ')"/></xsl:if>
            <xsl:value-of select="$article"/>
          </xsl:if>
          <xsl:if test="$status != '' and $status != 'verified'">
            <xsl:value-of select="concat(' (', ih:word('document.law.provisional', @tag), ')')"/>
          </xsl:if>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="cited-item">
    <item><xsl:call-template name="cited"><xsl:with-param name="text" select="."/><xsl:with-param name="noun" select="boolean(@article)"/><xsl:with-param name="article" select="ih:apart(@article)"/><xsl:with-param name="status" select="@status"/></xsl:call-template></item>
  </xsl:template>

  <xsl:template name="deciders">
    <xsl:if test="$sender/m:determination">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'for-determination.who'"/></xsl:call-template>
      <list>
        <!-- a rule that holds for two bodies is told once -->
        <xsl:for-each select="$sender/m:determination[not(m:text[@xml:lang = 'ar'] = preceding-sibling::m:determination/m:text[@xml:lang = 'ar'])]">
          <xsl:call-template name="cited-item"/>
        </xsl:for-each>
      </list>
    </xsl:if>
  </xsl:template>

  <xsl:template name="hotlines">
    <xsl:if test="$recipient/m:hotline">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'document.hotlines'"/></xsl:call-template>
      <list>
        <xsl:for-each select="$recipient/m:hotline">
          <xsl:variable name="line" select="."/>
          <item>
            <xsl:for-each select="$tongues">
              <xsl:call-template name="text">
                <xsl:with-param name="say">
                  <xsl:value-of select="concat(ih:isolate($line/@number), ' — ')"/>
                  <xsl:call-template name="pick"><xsl:with-param name="of" select="$line"/></xsl:call-template>
                  <xsl:value-of select="concat(' (', ih:word('document.checked', @tag), ' ', ih:date($line/m:source/@checked, @tag), ')')"/>
                </xsl:with-param>
              </xsl:call-template>
            </xsl:for-each>
          </item>
        </xsl:for-each>
      </list>
    </xsl:if>
  </xsl:template>

  <!-- ==== signatures and foot -->

  <xsl:template name="signatures">
    <sign>
      <place>
        <label><xsl:call-template name="word"><xsl:with-param name="key" select="'document.signature'"/></xsl:call-template></label>
        <xsl:call-template name="lines"/>
      </place>
      <place>
        <label><xsl:call-template name="word"><xsl:with-param name="key" select="'document.receipt'"/></xsl:call-template></label>
        <xsl:call-template name="lines"/>
      </place>
    </sign>
  </xsl:template>

  <xsl:template name="lines">
    <line><xsl:call-template name="word"><xsl:with-param name="key" select="'document.sign.name'"/></xsl:call-template></line>
    <line><xsl:call-template name="word"><xsl:with-param name="key" select="'document.sign.date'"/></xsl:call-template></line>
  </xsl:template>

  <xsl:template name="foot">
    <foot>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.confidential'"/></xsl:call-template></p>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.view'"/></xsl:call-template></p>
      <xsl:if test="count($tongues) = 2 and $tongues[@lang = 'ar']">
        <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.reference-language'"/></xsl:call-template></p>
      </xsl:if>
      <xsl:if test="$digest != ''">
        <digest>
          <xsl:call-template name="word"><xsl:with-param name="key" select="'document.digest'"/></xsl:call-template>
          <!-- in fours, for the telephone -->
          <value><xsl:value-of select="concat(substring($digest, 1, 4), ' ', substring($digest, 5, 4), ' ', substring($digest, 9, 4), ' ', substring($digest, 13, 4))"/></value>
        </digest>
      </xsl:if>
      <xsl:call-template name="proof"/>
    </foot>
  </xsl:template>
</xsl:stylesheet>
